<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>EnvironmentText</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n Minute</numerusform>
            <numerusform>%n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n Stunde</numerusform>
            <numerusform>%n Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>unbegrenzt</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>It stays until somebody deletes it.</source>
        <translation>Sie bleibt, bis jemand sie löscht.</translation>
    </message>
    <message>
        <source>Its time was over on %1.</source>
        <translation>Ihre Zeit ist am %1 abgelaufen.</translation>
    </message>
    <message>
        <source>Its time is over on %1.</source>
        <translation>Ihre Zeit läuft am %1 ab.</translation>
    </message>
    <message>
        <source>Site %1</source>
        <translation>Standort %1</translation>
    </message>
    <message>
        <source>Node %1</source>
        <translation>Knoten %1</translation>
    </message>
    <message>
        <source>Anywhere</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>template and version</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>template and name</comment>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>EventTable</name>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Reported by %1</source>
        <translation>Gemeldet von %1</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Object&apos;s kind</source>
        <translation>Art des Objekts</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>Zuerst</translation>
    </message>
    <message>
        <source>Reported by</source>
        <translation>Gemeldet von</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Power and throttling</source>
        <translation>Strom und Drosselung</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Not now, but since the start</source>
        <translation>Jetzt nicht, aber seit dem Start</translation>
    </message>
    <message>
        <source>Neither under-voltage nor throttling since the start</source>
        <translation>Weder Unterspannung noch Drosselung seit dem Start</translation>
    </message>
    <message>
        <source>Taints</source>
        <translation>Taints</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n Image</numerusform>
            <numerusform>%n Images</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>Max. unavailable</source>
        <translation>Höchstens nicht verfügbar</translation>
    </message>
    <message>
        <source>Max. surge</source>
        <translation>Höchstens zusätzlich</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Completions</source>
        <translation>Abschlüsse</translation>
    </message>
    <message>
        <source>Parallelism</source>
        <translation>Gleichzeitig</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>Deadline</source>
        <translation>Frist</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Concurrency</source>
        <translation>Nebenläufigkeit</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>%1/%2 to port %3</source>
        <translation>%1/%2 an Port %3</translation>
    </message>
    <message>
        <source>Port %1 of every node</source>
        <translation>Port %1 jedes Knotens</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>an %1</translation>
    </message>
    <message>
        <source>All else</source>
        <translation>Alles andere</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Zugriff</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Requested</source>
        <translation>Angefordert</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 cores</source>
        <translation>%1 Kerne</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>%1 %2, at most %3</source>
        <translation>%1 %2, höchstens %3</translation>
    </message>
    <message>
        <source>%1 at most %2</source>
        <translation>%1 höchstens %2</translation>
    </message>
    <message>
        <source>GET %1 on port %2</source>
        <translation>GET %1 an Port %2</translation>
    </message>
    <message>
        <source>port %1 is open</source>
        <translation>Port %1 ist offen</translation>
    </message>
    <message>
        <source>gRPC health on port %1</source>
        <translation>gRPC-Prüfung an Port %1</translation>
    </message>
    <message>
        <source>%1, every %2 s</source>
        <translation>%1, alle %2 s</translation>
    </message>
    <message>
        <source>exit code %1</source>
        <translation>Rückgabewert %1</translation>
    </message>
    <message>
        <source>%1, exit code %2</source>
        <translation>%1, Rückgabewert %2</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Running, not ready</source>
        <translation>Läuft, nicht bereit</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>Nicht gestartet</translation>
    </message>
    <message numerus="yes">
        <source>Restarted %n time(s)</source>
        <translation>
            <numerusform>%n Mal neu gestartet</numerusform>
            <numerusform>%n Mal neu gestartet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restarted %n time(s), the last after %1</source>
        <translation>
            <numerusform>%n Mal neu gestartet, zuletzt nach %1</numerusform>
            <numerusform>%n Mal neu gestartet, zuletzt nach %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Started when: %1</source>
        <translation>Gestartet, wenn: %1</translation>
    </message>
    <message>
        <source>Ready when: %1</source>
        <translation>Bereit, wenn: %1</translation>
    </message>
    <message>
        <source>Alive when: %1</source>
        <translation>Lebt, wenn: %1</translation>
    </message>
    <message>
        <source>claim %1</source>
        <translation>Anspruch %1</translation>
    </message>
    <message>
        <source>ConfigMap %1</source>
        <translation>ConfigMap %1</translation>
    </message>
    <message>
        <source>Secret %1</source>
        <translation>Secret %1</translation>
    </message>
    <message>
        <source>%1 of the node</source>
        <translation>%1 des Knotens</translation>
    </message>
    <message>
        <source>empty, in memory</source>
        <translation>leer, im Speicher</translation>
    </message>
    <message>
        <source>empty at first</source>
        <translation>anfangs leer</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Datenträger</translation>
    </message>
    <message>
        <source>Init containers</source>
        <translation>Init-Container</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Container</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiteres</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Rollout</source>
        <translation>Ausrollen</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>Aktualisiert</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>Verfügbar</translation>
    </message>
    <message>
        <source>Revisions</source>
        <translation>Revisionen</translation>
    </message>
    <message>
        <source>Revision %1</source>
        <translation>Revision %1</translation>
    </message>
    <message>
        <source>%1 of %2 ready</source>
        <translation>%1 von %2 bereit</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Jobs</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>Endpunkte</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>Nicht bereit</translation>
    </message>
</context>
<context>
    <name>NetworkTable</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Ports or hosts</source>
        <translation>Ports oder Hosts</translation>
    </message>
    <message>
        <source>Selects</source>
        <translation>Wählt aus</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
</context>
<context>
    <name>NodeTable</name>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>Nicht bereit</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>cordoned</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>low memory</source>
        <translation>wenig Speicher</translation>
    </message>
    <message>
        <source>low disk space</source>
        <translation>wenig Plattenplatz</translation>
    </message>
    <message>
        <source>low on process ids</source>
        <translation>wenig Prozess-IDs</translation>
    </message>
    <message>
        <source>no network</source>
        <translation>kein Netz</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Standort</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>Platine</translation>
    </message>
    <message>
        <source>CPU (cores)</source>
        <translation>CPU (Kerne)</translation>
    </message>
    <message>
        <source>Memory (GiB)</source>
        <translation>Speicher (GiB)</translation>
    </message>
    <message>
        <source>Kubelet</source>
        <translation>Kubelet</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Control plane</source>
        <translation>Steuerungsebene</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>Arbeitsknoten</translation>
    </message>
    <message>
        <source>Operating system</source>
        <translation>Betriebssystem</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kernel</translation>
    </message>
    <message>
        <source>Container runtime</source>
        <translation>Container-Laufzeit</translation>
    </message>
    <message>
        <source>Taints</source>
        <translation>Taints</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>You are not allowed to see %1 (403). Ask whoever runs the cluster for the right to list and watch them.</source>
        <translation>Sie dürfen %1 nicht sehen (403). Bitten Sie die Verwaltung des Clusters um das Recht, sie aufzulisten und zu beobachten.</translation>
    </message>
    <message>
        <source>This server does not offer %1.</source>
        <translation>Dieser Server bietet %1 nicht an.</translation>
    </message>
    <message>
        <source>%1 could not be loaded: %2 It is being tried again.</source>
        <translation>%1 konnten nicht geladen werden: %2 Es wird erneut versucht.</translation>
    </message>
    <message>
        <source>%1 are as they were %2 ago: the connection is being repaired.</source>
        <translation>%1 sind so, wie sie vor %2 waren: Die Verbindung wird repariert.</translation>
    </message>
    <message>
        <source>Loading %1…</source>
        <translation>%1 werden geladen …</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>Start and show the demo cluster.</source>
        <translation>Den Demo-Cluster starten und zeigen.</translation>
    </message>
    <message>
        <source>Use this kubeconfig file.</source>
        <translation>Diese Kubeconfig-Datei verwenden.</translation>
    </message>
    <message>
        <source>Connect to this context of the kubeconfig.</source>
        <translation>Mit diesem Kontext der Kubeconfig verbinden.</translation>
    </message>
    <message>
        <source>Begin with this page: %1.</source>
        <translation>Mit dieser Seite beginnen: %1.</translation>
    </message>
    <message>
        <source>Size of the window, for example 1600x1000.</source>
        <translation>Größe des Fensters, zum Beispiel 1600x1000.</translation>
    </message>
    <message>
        <source>Colours: light, dark or system.</source>
        <translation>Farben: light, dark oder system.</translation>
    </message>
    <message>
        <source>Language, for example de.</source>
        <translation>Sprache, zum Beispiel de.</translation>
    </message>
    <message>
        <source>Once everything is loaded, write a picture of each page into this folder and end.</source>
        <translation>Sobald alles geladen ist, ein Bild jeder Seite in diesen Ordner schreiben und enden.</translation>
    </message>
    <message>
        <source>At the end, write what was measured into this file, as JSON.</source>
        <translation>Am Ende die Messwerte als JSON in diese Datei schreiben.</translation>
    </message>
    <message>
        <source>End this many seconds after everything was loaded (0 when left out).</source>
        <translation>So viele Sekunden nach dem vollständigen Laden enden (ohne Angabe 0).</translation>
    </message>
    <message>
        <source>Control panel for Kubernetes clusters with Raspberry Pi edge nodes.</source>
        <translation>Leitstand für Kubernetes-Cluster mit Raspberry Pis am Rand.</translation>
    </message>
    <message>
        <source>Unexpected argument: %1</source>
        <translation>Unerwartetes Argument: %1</translation>
    </message>
    <message>
        <source>--demo and --kubeconfig exclude each other.</source>
        <translation>--demo und --kubeconfig schließen einander aus.</translation>
    </message>
    <message>
        <source>There is no page %1.</source>
        <translation>Es gibt keine Seite %1.</translation>
    </message>
    <message>
        <source>--size takes width and height, at least 320x240.</source>
        <translation>--size braucht Breite und Höhe, mindestens 320x240.</translation>
    </message>
    <message>
        <source>--theme takes light, dark or system.</source>
        <translation>--theme nimmt light, dark oder system.</translation>
    </message>
    <message>
        <source>--exit-after-sync takes a number of seconds.</source>
        <translation>--exit-after-sync nimmt eine Zahl von Sekunden.</translation>
    </message>
    <message>
        <source>Examine the connection without a window, print what was found, and end: with 0 when all is in order, with 1 when something is wrong.</source>
        <translation>Die Verbindung ohne Fenster untersuchen, den Befund ausgeben und enden: mit 0, wenn alles in Ordnung ist, mit 1, wenn etwas nicht stimmt.</translation>
    </message>
    <message>
        <source>Select this object once everything is loaded, for example node/pi-001 or deployment/shop/web.</source>
        <translation>Dieses Objekt auswählen, sobald alles geladen ist, zum Beispiel node/pi-001 oder deployment/shop/web.</translation>
    </message>
    <message>
        <source>--select takes a kind and a name, for example node/pi-001 or deployment/shop/web.</source>
        <translation>--select nimmt eine Art und einen Namen, zum Beispiel node/pi-001 oder deployment/shop/web.</translation>
    </message>
</context>
<context>
    <name>PodTable</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Restarts</source>
        <translation>Neustarts</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>CPU (m)</source>
        <translation>CPU (m)</translation>
    </message>
    <message>
        <source>Memory (MiB)</source>
        <translation>Speicher (MiB)</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>IP</source>
        <translation>IP</translation>
    </message>
    <message>
        <source>Last restart: %1</source>
        <translation>Letzter Neustart: %1</translation>
    </message>
    <message>
        <source>What the containers request from the scheduler.</source>
        <translation>Was die Container beim Scheduler anfordern.</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Controlled by</source>
        <translation>Gesteuert von</translation>
    </message>
    <message>
        <source>Last restart</source>
        <translation>Letzter Neustart</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
</context>
<context>
    <name>Query</name>
    <message>
        <source>A text; in quotation marks when it has spaces or commas.</source>
        <translation>Ein Text; in Anführungszeichen, wenn er Leerzeichen oder Kommas hat.</translation>
    </message>
    <message>
        <source>One of: %1.</source>
        <translation>Eines von: %1.</translation>
    </message>
    <message>
        <source>A label: app=web, or app for any value.</source>
        <translation>Ein Label: app=web, oder app für jeden Wert.</translation>
    </message>
    <message>
        <source>A whole number.</source>
        <translation>Eine ganze Zahl.</translation>
    </message>
    <message>
        <source>Cores: 2, 0.5 or 500m.</source>
        <translation>Kerne: 2, 0.5 oder 500m.</translation>
    </message>
    <message>
        <source>Bytes: 512Mi, 1Gi, 1G.</source>
        <translation>Bytes: 512Mi, 1Gi, 1G.</translation>
    </message>
    <message>
        <source>A number, as many of as many (1/2), yes (all), or no.</source>
        <translation>Eine Zahl, so viele von so vielen (1/2), yes (alle) oder no.</translation>
    </message>
    <message>
        <source>A time with units: 90s, 5m, 2h, 1h30m, 7d, 2w.</source>
        <translation>Eine Zeit mit Einheiten: 90s, 5m, 2h, 1h30m, 7d, 2w.</translation>
    </message>
    <message>
        <source>character %1</source>
        <translation>Zeichen %1</translation>
    </message>
    <message>
        <source>The quotation mark is not closed.</source>
        <translation>Das Anführungszeichen ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>Close it with another one.</source>
        <translation>Schließen Sie es mit einem weiteren.</translation>
    </message>
    <message>
        <source>A column is missing before “%1”.</source>
        <translation>Vor „%1“ fehlt eine Spalte.</translation>
    </message>
    <message>
        <source>There is no column “%1”.</source>
        <translation>Es gibt keine Spalte „%1“.</translation>
    </message>
    <message>
        <source>Columns are: %1. To search for the text itself, put it in quotation marks.</source>
        <translation>Spalten sind: %1. Um den Text selbst zu suchen, setzen Sie ihn in Anführungszeichen.</translation>
    </message>
    <message>
        <source>“%1” cannot be compared with “%2”.</source>
        <translation>„%1“ lässt sich nicht mit „%2“ vergleichen.</translation>
    </message>
    <message>
        <source>A value is missing after “%1”.</source>
        <translation>Nach „%1“ fehlt ein Wert.</translation>
    </message>
    <message>
        <source>“%1” is no value for “%2”.</source>
        <translation>„%1“ ist kein Wert für „%2“.</translation>
    </message>
    <message>
        <source>A comparison takes one value.</source>
        <translation>Ein Vergleich nimmt einen Wert.</translation>
    </message>
    <message>
        <source>Leave the comma out.</source>
        <translation>Lassen Sie das Komma weg.</translation>
    </message>
    <message>
        <source>Possible here: &gt;, &gt;=, &lt;, &lt;=.</source>
        <translation>Hier möglich: &gt;, &gt;=, &lt;, &lt;=.</translation>
    </message>
    <message>
        <source>Possible here: =, !=, &gt;, &gt;=, &lt;, &lt;=.</source>
        <translation>Hier möglich: =, !=, &gt;, &gt;=, &lt;, &lt;=.</translation>
    </message>
    <message>
        <source>Possible here: = or :, !=, ~, !~.</source>
        <translation>Hier möglich: = oder :, !=, ~, !~.</translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>Nicht bereit</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>Platine</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Standort</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Control plane</source>
        <translation>Steuerungsebene</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>Arbeitsknoten</translation>
    </message>
    <message>
        <source>Scheduling</source>
        <translation>Planung</translation>
    </message>
    <message>
        <source>Cordoned</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pods</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>CPU requested</source>
        <translation>CPU angefordert</translation>
    </message>
    <message>
        <source>%1 of %2 cores</source>
        <translation>%1 von %2 Kernen</translation>
    </message>
    <message>
        <source>Memory requested</source>
        <translation>Speicher angefordert</translation>
    </message>
    <message>
        <source>Heartbeat</source>
        <translation>Herzschlag</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kernel</translation>
    </message>
    <message>
        <source>Kubelet</source>
        <translation>Kubelet</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Laufzeit</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>%1 of %2 containers</source>
        <translation>%1 von %2 Containern</translation>
    </message>
    <message>
        <source>Restarts</source>
        <translation>Neustarts</translation>
    </message>
    <message>
        <source>%1, the last %2 ago</source>
        <translation>%1, der letzte vor %2</translation>
    </message>
    <message>
        <source>%1 cores</source>
        <translation>%1 Kerne</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Zeitplan</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Laufend</translation>
    </message>
    <message>
        <source>Last run</source>
        <translation>Letzter Lauf</translation>
    </message>
    <message>
        <source>Succeeded</source>
        <translation>Erfolgreich</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>Verfügbar</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>Selects</source>
        <translation>Wählt aus</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>Hosts</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Being deleted</source>
        <translation>Wird gelöscht</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>process ids</source>
        <translation>Prozessnummern</translation>
    </message>
    <message>
        <source>network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Under pressure</source>
        <translation>Unter Druck</translation>
    </message>
    <message>
        <source>Requested</source>
        <translation>Angefordert</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>Kapazität</translation>
    </message>
    <message>
        <source>%1 cores, %2</source>
        <translation>%1 Kerne, %2</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Revision</translation>
    </message>
    <message>
        <source>Storage class</source>
        <translation>Speicherklasse</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Datenträger</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>Skaliert</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>Replikate</translation>
    </message>
    <message>
        <source>%1, wants %2</source>
        <translation>%1, will %2</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1 with %2</source>
        <translation>%1 mit %2</translation>
    </message>
    <message>
        <source>%1, to judge by its kernel</source>
        <translation>%1, nach dem Kernel zu urteilen</translation>
    </message>
</context>
<context>
    <name>Text</name>
    <message>
        <source>Its volumes may be tied to the node on which they were made.</source>
        <translation>Ihre Volumes sind vielleicht an den Knoten gebunden, auf dem sie angelegt wurden.</translation>
    </message>
    <message>
        <source>Its volumes may be tied to %1.</source>
        <translation>Ihre Volumes sind vielleicht an %1 gebunden.</translation>
    </message>
</context>
<context>
    <name>WorkloadTable</name>
    <message>
        <source>Being deleted</source>
        <translation>Wird gelöscht</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>Ausgesetzt</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>Aktualisiert</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>Verfügbar</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Selects</source>
        <translation>Wählt aus</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
</context>
<context>
    <name>kdra::actions::Action</name>
    <message>
        <source>Cordon</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Uncordon</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Drain…</source>
        <translation>Leeren …</translation>
    </message>
    <message>
        <source>Scale…</source>
        <translation>Skalieren …</translation>
    </message>
    <message>
        <source>Restart rollout…</source>
        <translation>Rollout neu starten …</translation>
    </message>
    <message>
        <source>Pause rollout</source>
        <translation>Rollout anhalten</translation>
    </message>
    <message>
        <source>Resume rollout</source>
        <translation>Rollout fortsetzen</translation>
    </message>
    <message>
        <source>Undo rollout…</source>
        <translation>Rollout rückgängig machen …</translation>
    </message>
    <message>
        <source>Suspend cron job</source>
        <translation>CronJob aussetzen</translation>
    </message>
    <message>
        <source>Resume cron job</source>
        <translation>CronJob fortsetzen</translation>
    </message>
    <message>
        <source>Run cron job now</source>
        <translation>CronJob jetzt ausführen</translation>
    </message>
    <message>
        <source>Edit labels…</source>
        <translation>Labels bearbeiten …</translation>
    </message>
    <message>
        <source>Edit annotations…</source>
        <translation>Annotationen bearbeiten …</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
</context>
<context>
    <name>kdra::actions::Deletion</name>
    <message>
        <source>Waiting until %1 is gone.</source>
        <translation>Es wird gewartet, bis %1 weg ist.</translation>
    </message>
    <message>
        <source>Deleting %1.</source>
        <translation>%1 wird gelöscht.</translation>
    </message>
    <message>
        <source>%1 is deleted.</source>
        <translation>%1 ist gelöscht.</translation>
    </message>
</context>
<context>
    <name>kdra::actions::Drain</name>
    <message>
        <source>There is no node left to drain.</source>
        <translation>Es gibt keinen Knoten mehr zu leeren.</translation>
    </message>
    <message>
        <source>Nothing was done: what it was meant for is gone.</source>
        <translation>Es wurde nichts getan: Wofür es gedacht war, ist weg.</translation>
    </message>
    <message>
        <source>Looking which pods are on %1.</source>
        <translation>Die Pods auf %1 werden gesucht.</translation>
    </message>
    <message>
        <source>Taking no more pods on %1.</source>
        <translation>Auf %1 werden keine Pods mehr angenommen.</translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 pod(s) are gone; the node takes no new ones.</source>
        <translation>
            <numerusform>%n von %1 Pods ist weg; der Knoten nimmt keine neuen an.</numerusform>
            <numerusform>%n von %1 Pods sind weg; der Knoten nimmt keine neuen an.</numerusform>
        </translation>
    </message>
    <message>
        <source>No pod was evicted.</source>
        <translation>Kein Pod wurde verdrängt.</translation>
    </message>
    <message>
        <source>The pods of %1 cannot be read.</source>
        <translation>Die Pods von %1 sind nicht lesbar.</translation>
    </message>
    <message>
        <source>Start it again and agree to that, or take care of these pods first.</source>
        <translation>Starten Sie es erneut und stimmen Sie dem zu, oder kümmern Sie sich zuerst um diese Pods.</translation>
    </message>
    <message>
        <source>No pod was evicted. %1</source>
        <translation>Kein Pod wurde verdrängt. %1</translation>
    </message>
    <message>
        <source>Whether the server can evict pods is not known.</source>
        <translation>Ob der Server Pods verdrängen kann, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>This server cannot evict pods.</source>
        <translation>Dieser Server kann keine Pods verdrängen.</translation>
    </message>
    <message>
        <source>No pod was evicted: this server has no evictions.</source>
        <translation>Kein Pod wurde verdrängt: Dieser Server kennt keine Evictions.</translation>
    </message>
    <message>
        <source>No pod was evicted: %1 cannot be cordoned.</source>
        <translation>Kein Pod wurde verdrängt: %1 kann nicht gesperrt werden.</translation>
    </message>
    <message numerus="yes">
        <source>Evicting %n pod(s) from %1.</source>
        <translation>
            <numerusform>%n Pod wird von %1 verdrängt.</numerusform>
            <numerusform>%n Pods werden von %1 verdrängt.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is gone.</source>
        <translation>%1 ist weg.</translation>
    </message>
    <message>
        <source>%1 cannot be evicted: %2</source>
        <translation>%1 kann nicht verdrängt werden: %2</translation>
    </message>
    <message>
        <source>%1 has to wait: %2</source>
        <translation>%1 muss warten: %2</translation>
    </message>
    <message numerus="yes">
        <source>Waiting for %n pod(s) to stop.</source>
        <translation>
            <numerusform>Es wird gewartet, bis %n Pod beendet ist.</numerusform>
            <numerusform>Es wird gewartet, bis %n Pods beendet sind.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 pod(s) could not be evicted.</source>
        <translation>
            <numerusform>%n von %1 Pods konnte nicht verdrängt werden.</numerusform>
            <numerusform>%n von %1 Pods konnten nicht verdrängt werden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is drained: %n pod(s) left it.</source>
        <translation>
            <numerusform>Das Leeren von %1 ist fertig: %n Pod ist weg.</numerusform>
            <numerusform>Das Leeren von %1 ist fertig: %n Pods sind weg.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is drained: there was nothing to evict.</source>
        <translation>Das Leeren von %1 ist fertig: Es gab nichts zu verdrängen.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>After %n second(s) the drain was not finished.</source>
        <translation>
            <numerusform>Nach %n Sekunde war das Leeren nicht fertig.</numerusform>
            <numerusform>Nach %n Sekunden war das Leeren nicht fertig.</numerusform>
        </translation>
    </message>
    <message>
        <source>Drain it again with more time, or take care of these pods first.</source>
        <translation>Leeren Sie ihn erneut mit mehr Zeit, oder kümmern Sie sich zuerst um diese Pods.</translation>
    </message>
    <message numerus="yes">
        <source>Time is up: %n pod(s) are still there.</source>
        <translation>
            <numerusform>Die Zeit ist um: %n Pod ist noch da.</numerusform>
            <numerusform>Die Zeit ist um: %n Pods sind noch da.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::actions::DrainPreview</name>
    <message numerus="yes">
        <source>Takes no more pods on %1 and evicts %n pod(s).</source>
        <translation>
            <numerusform>Nimmt auf %1 keine Pods mehr an und verdrängt %n Pod.</numerusform>
            <numerusform>Nimmt auf %1 keine Pods mehr an und verdrängt %n Pods.</numerusform>
        </translation>
    </message>
    <message>
        <source>Takes no more pods on %1; there is nothing to evict.</source>
        <translation>Nimmt auf %1 keine Pods mehr an; es gibt nichts zu verdrängen.</translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) of daemon sets stay.</source>
        <translation>
            <numerusform>%n Pod von DaemonSets bleibt.</numerusform>
            <numerusform>%n Pods von DaemonSets bleiben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n static pod(s) stay.</source>
        <translation>
            <numerusform>%n statischer Pod bleibt.</numerusform>
            <numerusform>%n statische Pods bleiben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) lose local data.</source>
        <translation>
            <numerusform>%n Pod verliert lokale Daten.</numerusform>
            <numerusform>%n Pods verlieren lokale Daten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) will not be made anew by anybody.</source>
        <translation>
            <numerusform>%n Pod wird von niemandem neu angelegt.</numerusform>
            <numerusform>%n Pods werden von niemandem neu angelegt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) have no controller that would make them anew: %1.</source>
        <translation>
            <numerusform>%n Pod hat keinen Controller, der ihn neu anlegen würde: %1.</numerusform>
            <numerusform>%n Pods haben keinen Controller, der sie neu anlegen würde: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) would lose the data of their emptyDir volumes: %1.</source>
        <translation>
            <numerusform>%n Pod würde die Daten seiner emptyDir-Volumes verlieren: %1.</numerusform>
            <numerusform>%n Pods würden die Daten ihrer emptyDir-Volumes verlieren: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 und %n weiterer</numerusform>
            <numerusform>%1 und %n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::actions::EachTarget</name>
    <message>
        <source>Nothing was done yet.</source>
        <translation>Es wurde noch nichts getan.</translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 done.</source>
        <translation>
            <numerusform>%n von %1 erledigt.</numerusform>
            <numerusform>%n von %1 erledigt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Asking the server to change %1.</source>
        <translation>Der Server wird um die Änderung von %1 gebeten.</translation>
    </message>
    <message>
        <source>There is nothing left to do this to.</source>
        <translation>Es gibt nichts mehr, worauf sich das anwenden ließe.</translation>
    </message>
    <message>
        <source>Nothing was done: what it was meant for is gone.</source>
        <translation>Es wurde nichts getan: Wofür es gedacht war, ist weg.</translation>
    </message>
    <message numerus="yes">
        <source>All %n are done.</source>
        <translation>
            <numerusform>%n ist erledigt.</numerusform>
            <numerusform>Alle %n sind erledigt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 failed. The first reason: %2</source>
        <translation>
            <numerusform>%n von %1 ist fehlgeschlagen. Der erste Grund: %2</numerusform>
            <numerusform>%n von %1 sind fehlgeschlagen. Der erste Grund: %2</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>kdra::actions::Edit</name>
    <message>
        <source>Look at the newest state, then edit again.</source>
        <translation>Sehen Sie sich den neuesten Stand an und bearbeiten Sie ihn erneut.</translation>
    </message>
    <message>
        <source>Somebody else has taken “%1” off %2 meanwhile.</source>
        <translation>Jemand anderes hat „%1“ inzwischen von %2 entfernt.</translation>
    </message>
    <message>
        <source>Somebody else has given %1 “%2” with the value “%3” meanwhile.</source>
        <translation>Jemand anderes hat %1 inzwischen „%2“ mit dem Wert „%3“ gegeben.</translation>
    </message>
    <message>
        <source>Somebody else has changed “%1” of %2 meanwhile, from “%3” to “%4”.</source>
        <translation>Jemand anderes hat „%1“ von %2 inzwischen von „%3“ auf „%4“ geändert.</translation>
    </message>
    <message>
        <source>The labels of %1 are changed.</source>
        <translation>Die Labels von %1 sind geändert.</translation>
    </message>
    <message>
        <source>The annotations of %1 are changed.</source>
        <translation>Die Annotationen von %1 sind geändert.</translation>
    </message>
</context>
<context>
    <name>kdra::actions::Metadata</name>
    <message>
        <source>The key is missing.</source>
        <translation>Der Schlüssel fehlt.</translation>
    </message>
    <message>
        <source>“%1” must be a domain in small letters, such as example.org.</source>
        <translation>„%1“ muss eine Domain in Kleinbuchstaben sein, etwa example.org.</translation>
    </message>
    <message>
        <source>“%1” must have at most 63 letters, digits, “-”, “_” or “.”, and begin and end with a letter or digit.</source>
        <translation>„%1“ darf höchstens 63 Buchstaben, Ziffern, „-“, „_“ oder „.“ haben und muss mit Buchstabe oder Ziffer beginnen und enden.</translation>
    </message>
    <message>
        <source>The value “%1” must have at most 63 letters, digits, “-”, “_” or “.”, and begin and end with a letter or digit.</source>
        <translation>Der Wert „%1“ darf höchstens 63 Buchstaben, Ziffern, „-“, „_“ oder „.“ haben und muss mit Buchstabe oder Ziffer beginnen und enden.</translation>
    </message>
</context>
<context>
    <name>kdra::actions::Offer</name>
    <message>
        <source>You may not %1 %2</source>
        <translation>Ihnen fehlt das Recht %1 auf %2</translation>
    </message>
    <message>
        <source>You may not %1 %2 in the namespace %3</source>
        <translation>Ihnen fehlt das Recht %1 auf %2 im Namespace %3</translation>
    </message>
    <message>
        <source>Whether you may do this is not known: %1</source>
        <translation>Ob Sie das dürfen, ist nicht bekannt: %1</translation>
    </message>
    <message>
        <source>This cluster is marked read-only.</source>
        <translation>Dieser Cluster ist als schreibgeschützt markiert.</translation>
    </message>
    <message>
        <source>There is nothing left to do this to.</source>
        <translation>Es gibt nichts mehr, worauf sich das anwenden ließe.</translation>
    </message>
</context>
<context>
    <name>kdra::actions::Order</name>
    <message numerus="yes">
        <source>Takes no more pods on %1 and evicts %n pod(s).</source>
        <translation>
            <numerusform>Nimmt auf %1 keine Pods mehr an und verdrängt %n Pod.</numerusform>
            <numerusform>Nimmt auf %1 keine Pods mehr an und verdrängt %n Pods.</numerusform>
        </translation>
    </message>
    <message>
        <source>Takes no more pods on %1; there is nothing to evict.</source>
        <translation>Nimmt auf %1 keine Pods mehr an; es gibt nichts zu verdrängen.</translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) of daemon sets stay.</source>
        <translation>
            <numerusform>%n Pod von DaemonSets bleibt.</numerusform>
            <numerusform>%n Pods von DaemonSets bleiben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n static pod(s) stay.</source>
        <translation>
            <numerusform>%n statischer Pod bleibt.</numerusform>
            <numerusform>%n statische Pods bleiben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Scales %1 from %2 to %n replica(s).</source>
        <translation>
            <numerusform>Skaliert %1 von %2 auf %n Replikat.</numerusform>
            <numerusform>Skaliert %1 von %2 auf %n Replikate.</numerusform>
        </translation>
    </message>
    <message>
        <source>Scales %1 back to the numbers of replicas they had.</source>
        <translation>Skaliert %1 auf die vorherigen Replikatzahlen zurück.</translation>
    </message>
    <message numerus="yes">
        <source>Scales %1 to %n replica(s) each.</source>
        <translation>
            <numerusform>Skaliert %1 auf je %n Replikat.</numerusform>
            <numerusform>Skaliert %1 auf je %n Replikate.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replaces %n pod(s) of %1, a few at a time.</source>
        <translation>
            <numerusform>Ersetzt %n Pod von %1, wenige auf einmal.</numerusform>
            <numerusform>Ersetzt %n Pods von %1, wenige auf einmal.</numerusform>
        </translation>
    </message>
    <message>
        <source>Adds %1=%2 to %3.</source>
        <translation>Ergänzt %1=%2 an %3.</translation>
    </message>
    <message>
        <source>Changes %1 of %2 from “%3” to “%4”.</source>
        <translation>Ändert %1 von %2 von „%3“ auf „%4“.</translation>
    </message>
    <message>
        <source>Takes %1 off %2.</source>
        <translation>Entfernt %1 von %2.</translation>
    </message>
    <message>
        <source>Changes nothing.</source>
        <translation>Ändert nichts.</translation>
    </message>
    <message>
        <source>Deletes %1.</source>
        <translation>Löscht %1.</translation>
    </message>
    <message>
        <source>What they belong to will make new ones.</source>
        <translation>Die zugehörigen Workloads legen neue an.</translation>
    </message>
    <message>
        <source>The pods stay.</source>
        <translation>Die Pods bleiben.</translation>
    </message>
    <message>
        <source>The pods go too.</source>
        <translation>Auch die Pods werden gelöscht.</translation>
    </message>
    <message>
        <source>Everything in the namespace goes too.</source>
        <translation>Auch alles im Namespace wird gelöscht.</translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>There is nothing left to do this to.</source>
        <translation>Es gibt nichts mehr, worauf sich das anwenden ließe.</translation>
    </message>
    <message>
        <source>No new pods will be placed on %1; what runs there goes on.</source>
        <translation>Auf %1 kommen keine neuen Pods; was dort läuft, läuft weiter.</translation>
    </message>
    <message>
        <source>New pods may be placed on %1 again.</source>
        <translation>Auf %1 dürfen wieder neue Pods kommen.</translation>
    </message>
    <message>
        <source>Changes of %1 are not rolled out until it is resumed.</source>
        <translation>Änderungen an %1 werden erst nach dem Fortsetzen ausgerollt.</translation>
    </message>
    <message>
        <source>Changes of %1 made in the meantime are rolled out.</source>
        <translation>Inzwischen gemachte Änderungen an %1 werden ausgerollt.</translation>
    </message>
    <message>
        <source>Takes %1 back to revision %2, a few pods at a time.</source>
        <translation>Setzt %1 auf Revision %2 zurück, wenige Pods auf einmal.</translation>
    </message>
    <message>
        <source>Takes %1 back to the revision before the current one, a few pods at a time.</source>
        <translation>Setzt %1 auf die Revision vor der aktuellen zurück, wenige Pods auf einmal.</translation>
    </message>
    <message>
        <source>%1 starts no more jobs by its schedule; jobs that run go on.</source>
        <translation>Der Zeitplan von %1 startet keine Jobs mehr; laufende Jobs laufen weiter.</translation>
    </message>
    <message>
        <source>%1 starts jobs by its schedule again.</source>
        <translation>Der Zeitplan von %1 startet wieder Jobs.</translation>
    </message>
    <message>
        <source>Starts a job of %1 now, whatever the schedule says.</source>
        <translation>Startet jetzt einen Job von %1, unabhängig vom Zeitplan.</translation>
    </message>
    <message>
        <source>Cordon %1</source>
        <translation>%1 sperren</translation>
    </message>
    <message>
        <source>Uncordon %1</source>
        <translation>%1 entsperren</translation>
    </message>
    <message>
        <source>Drain %1</source>
        <translation>%1 leeren</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>Scale %1 back</source>
        <translation>%1 zurückskalieren</translation>
    </message>
    <message>
        <source>Scale %1 to %2</source>
        <translation>%1 auf %2 skalieren</translation>
    </message>
    <message>
        <source>Restart %1</source>
        <translation>%1 neu starten</translation>
    </message>
    <message>
        <source>Pause rollout of %1</source>
        <translation>Rollout von %1 anhalten</translation>
    </message>
    <message>
        <source>Resume rollout of %1</source>
        <translation>Rollout von %1 fortsetzen</translation>
    </message>
    <message>
        <source>Take %1 back to revision %2</source>
        <translation>%1 auf Revision %2 zurücksetzen</translation>
    </message>
    <message>
        <source>Undo rollout of %1</source>
        <translation>Rollout von %1 rückgängig machen</translation>
    </message>
    <message>
        <source>Edit labels of %1</source>
        <translation>Labels von %1 bearbeiten</translation>
    </message>
    <message>
        <source>Edit annotations of %1</source>
        <translation>Annotationen von %1 bearbeiten</translation>
    </message>
    <message>
        <source>Suspend %1</source>
        <translation>%1 aussetzen</translation>
    </message>
    <message>
        <source>Resume %1</source>
        <translation>%1 fortsetzen</translation>
    </message>
    <message>
        <source>Run %1 now</source>
        <translation>%1 jetzt ausführen</translation>
    </message>
</context>
<context>
    <name>kdra::actions::Patch</name>
    <message>
        <source>%1 takes no new pods.</source>
        <translation>%1 nimmt keine neuen Pods an.</translation>
    </message>
    <message>
        <source>%1 takes new pods again.</source>
        <translation>%1 nimmt wieder neue Pods an.</translation>
    </message>
    <message>
        <source>The rollout of %1 is paused.</source>
        <translation>Der Rollout von %1 ist angehalten.</translation>
    </message>
    <message>
        <source>The rollout of %1 goes on.</source>
        <translation>Der Rollout von %1 geht weiter.</translation>
    </message>
    <message>
        <source>%1 is suspended.</source>
        <translation>%1 ist ausgesetzt.</translation>
    </message>
    <message>
        <source>%1 runs by its schedule again.</source>
        <translation>%1 läuft wieder nach Zeitplan.</translation>
    </message>
    <message>
        <source>%1 is being restarted.</source>
        <translation>%1 wird neu gestartet.</translation>
    </message>
</context>
<context>
    <name>kdra::actions::Requests</name>
    <message>
        <source>The server&apos;s answer is not a Kubernetes object.</source>
        <translation>Die Antwort des Servers ist kein Kubernetes-Objekt.</translation>
    </message>
    <message>
        <source>Try again; if it stays, a proxy may be in the way.</source>
        <translation>Versuchen Sie es erneut; bleibt es dabei, steht vielleicht ein Proxy im Weg.</translation>
    </message>
    <message>
        <source>%1 has been deleted meanwhile, and another object has its name now.</source>
        <translation>%1 wurde inzwischen gelöscht, und ein anderes Objekt trägt jetzt den Namen.</translation>
    </message>
    <message>
        <source>Look at the new object; if the action is meant for it, start it again.</source>
        <translation>Sehen Sie sich das neue Objekt an; gilt ihm die Aktion, starten Sie sie erneut.</translation>
    </message>
</context>
<context>
    <name>kdra::actions::Revision</name>
    <message>
        <source>%1 has no revision %2.</source>
        <translation>%1 hat keine Revision %2.</translation>
    </message>
    <message>
        <source>%1 has no revision before the current one.</source>
        <translation>%1 hat keine Revision vor der aktuellen.</translation>
    </message>
    <message>
        <source>Old revisions are kept up to revisionHistoryLimit; choose one of those that are left.</source>
        <translation>Alte Revisionen bleiben bis revisionHistoryLimit erhalten; wählen Sie eine der verbliebenen.</translation>
    </message>
    <message>
        <source>%1 is at revision %2 already.</source>
        <translation>%1 ist bereits auf Revision %2.</translation>
    </message>
    <message>
        <source>Choose another revision.</source>
        <translation>Wählen Sie eine andere Revision.</translation>
    </message>
</context>
<context>
    <name>kdra::actions::Rollback</name>
    <message>
        <source>Looking for the revisions of %1.</source>
        <translation>Die Revisionen von %1 werden gesucht.</translation>
    </message>
    <message>
        <source>The rollout of %1 is paused.</source>
        <translation>Der Rollout von %1 ist angehalten.</translation>
    </message>
    <message>
        <source>Resume it first.</source>
        <translation>Setzen Sie ihn zuerst fort.</translation>
    </message>
    <message>
        <source>%1 goes back to revision %2.</source>
        <translation>%1 geht auf Revision %2 zurück.</translation>
    </message>
</context>
<context>
    <name>kdra::actions::Scale</name>
    <message>
        <source>Scaling %1.</source>
        <translation>%1 wird skaliert.</translation>
    </message>
    <message>
        <source>Somebody else has scaled %1 meanwhile: it was at %2 and is at %3 now.</source>
        <translation>Jemand anderes hat %1 inzwischen skaliert: Es war auf %2 und ist jetzt auf %3.</translation>
    </message>
    <message>
        <source>Look at the newest state, then scale again.</source>
        <translation>Sehen Sie sich den neuesten Stand an und skalieren Sie erneut.</translation>
    </message>
    <message>
        <source>%1 is at %2 already.</source>
        <translation>%1 ist bereits auf %2.</translation>
    </message>
    <message>
        <source>%1 is scaled from %2 to %3.</source>
        <translation>%1 ist von %2 auf %3 skaliert.</translation>
    </message>
</context>
<context>
    <name>kdra::actions::Target</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n Knoten</numerusform>
            <numerusform>%n Knoten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s)</source>
        <translation>
            <numerusform>%n Pod</numerusform>
            <numerusform>%n Pods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deployment(s)</source>
        <translation>
            <numerusform>%n Deployment</numerusform>
            <numerusform>%n Deployments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stateful set(s)</source>
        <translation>
            <numerusform>%n StatefulSet</numerusform>
            <numerusform>%n StatefulSets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n daemon set(s)</source>
        <translation>
            <numerusform>%n DaemonSet</numerusform>
            <numerusform>%n DaemonSets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cron job(s)</source>
        <translation>
            <numerusform>%n CronJob</numerusform>
            <numerusform>%n CronJobs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s)</source>
        <translation>
            <numerusform>%n Objekt</numerusform>
            <numerusform>%n Objekte</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
</context>
<context>
    <name>kdra::actions::Task</name>
    <message>
        <source>Cancelled. %1</source>
        <translation>Abgebrochen. %1</translation>
    </message>
</context>
<context>
    <name>kdra::actions::Trigger</name>
    <message>
        <source>Starting a job of %1.</source>
        <translation>Ein Job von %1 wird gestartet.</translation>
    </message>
    <message>
        <source>The job %1 of %2 is started.</source>
        <translation>Der Job %1 von %2 ist gestartet.</translation>
    </message>
</context>
<context>
    <name>kdra::demo::ApiServer</name>
    <message>
        <source>The demo cluster cannot listen: %1.</source>
        <translation>Der Demo-Cluster kann nicht lauschen: %1.</translation>
    </message>
    <message>
        <source>Choose another port with --port, or 0 for any free one.</source>
        <translation>Wählen Sie mit --port einen anderen Port, oder 0 für irgendeinen freien.</translation>
    </message>
</context>
<context>
    <name>kdra::demo::PromServer</name>
    <message>
        <source>The demo cluster&apos;s Prometheus could not listen: %1.</source>
        <translation>Das Prometheus des Demo-Clusters kann nicht lauschen: %1.</translation>
    </message>
    <message>
        <source>Choose another port, or 0 for any free one.</source>
        <translation>Wählen Sie einen anderen Port, oder 0 für irgendeinen freien.</translation>
    </message>
</context>
<context>
    <name>kdra::doctor::Doctor</name>
    <message>
        <source>Context “%1”, cluster “%2”, user “%3”, server %4</source>
        <translation>Kontext „%1“, Cluster „%2“, Benutzer „%3“, Server %4</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>KDRA %1, connection doctor, %2</source>
        <translation>KDRA %1, Verbindungsdoktor, %2</translation>
    </message>
    <message>
        <source>Cause: %1</source>
        <translation>Ursache: %1</translation>
    </message>
    <message>
        <source>Where: %1</source>
        <translation>Wo: %1</translation>
    </message>
    <message>
        <source>Remedy: %1</source>
        <translation>Abhilfe: %1</translation>
    </message>
</context>
<context>
    <name>kdra::doctor::Examination</name>
    <message>
        <source>Needs “%1”.</source>
        <translation>Setzt „%1“ voraus.</translation>
    </message>
</context>
<context>
    <name>kdra::doctor::Login</name>
    <message numerus="yes">
        <source>This computer&apos;s clock is %n minute(s) behind the server&apos;s.</source>
        <translation>
            <numerusform>Die Uhr dieses Rechners geht gegenüber dem Server %n Minute nach.</numerusform>
            <numerusform>Die Uhr dieses Rechners geht gegenüber dem Server %n Minuten nach.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This computer&apos;s clock is %n minute(s) ahead of the server&apos;s.</source>
        <translation>
            <numerusform>Die Uhr dieses Rechners geht gegenüber dem Server %n Minute vor.</numerusform>
            <numerusform>Die Uhr dieses Rechners geht gegenüber dem Server %n Minuten vor.</numerusform>
        </translation>
    </message>
    <message>
        <source>Set it right: certificates and tokens seem expired, or not yet valid, when clocks differ.</source>
        <translation>Stellen Sie sie richtig: Gehen Uhren verschieden, scheinen Zertifikate und Token abgelaufen oder noch nicht gültig.</translation>
    </message>
    <message numerus="yes">
        <source>The server&apos;s clock differs from this computer&apos;s by %n second(s)</source>
        <translation>
            <numerusform>Die Uhren des Servers und dieses Rechners unterscheiden sich um %n Sekunde</numerusform>
            <numerusform>Die Uhren des Servers und dieses Rechners unterscheiden sich um %n Sekunden</numerusform>
        </translation>
    </message>
    <message>
        <source>The server does not tell its time</source>
        <translation>Der Server nennt seine Zeit nicht</translation>
    </message>
    <message>
        <source>A web page came back instead of an answer of the Kubernetes API (HTTP status %1).</source>
        <translation>Statt einer Antwort der Kubernetes-API kam eine Webseite (HTTP-Status %1).</translation>
    </message>
    <message>
        <source>Check that the address is the API server&apos;s, and whether a load balancer, a proxy or a sign-in page sits in between.</source>
        <translation>Prüfen Sie, ob die Adresse die des API-Servers ist und ob ein Load-Balancer, ein Proxy oder eine Anmeldeseite dazwischensteht.</translation>
    </message>
    <message>
        <source>A Kubernetes API server answers; it hides its version from strangers.</source>
        <translation>Es antwortet ein Kubernetes-API-Server; Fremden nennt er seine Version nicht.</translation>
    </message>
    <message>
        <source>Kubernetes %1 answers.</source>
        <translation>Es antwortet Kubernetes %1.</translation>
    </message>
    <message>
        <source>Plugin “%1” is %2</source>
        <translation>Plugin „%1“: %2</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>Client certificate “%1”, group “%2”, issued by “%3”, valid until %4</source>
        <translation>Client-Zertifikat „%1“, Gruppe „%2“, ausgestellt von „%3“, gültig bis %4</translation>
    </message>
    <message>
        <source>Acts as “%1” (impersonation)</source>
        <translation>Verkörpert „%1“ (Impersonation)</translation>
    </message>
    <message>
        <source>The plugin “%1” gave credentials.</source>
        <translation>Das Plugin „%1“ hat Zugangsdaten geliefert.</translation>
    </message>
    <message>
        <source>A token of the OpenID provider.</source>
        <translation>Ein Token des OpenID-Anbieters.</translation>
    </message>
    <message>
        <source>A token from the file %1.</source>
        <translation>Ein Token aus der Datei %1.</translation>
    </message>
    <message>
        <source>A token.</source>
        <translation>Ein Token.</translation>
    </message>
    <message>
        <source>A user name and password.</source>
        <translation>Benutzername und Passwort.</translation>
    </message>
    <message>
        <source>A client certificate.</source>
        <translation>Ein Client-Zertifikat.</translation>
    </message>
    <message>
        <source>None: requests are anonymous.</source>
        <translation>Keine: Anfragen sind anonym.</translation>
    </message>
    <message>
        <source>The server knows you as “%1”.</source>
        <translation>Der Server kennt Sie als „%1“.</translation>
    </message>
    <message>
        <source>Groups: %1</source>
        <translation>Gruppen: %1</translation>
    </message>
    <message>
        <source>The server accepts your credentials.</source>
        <translation>Der Server nimmt Ihre Zugangsdaten an.</translation>
    </message>
    <message>
        <source>It does not tell who you are to it (no SelfSubjectReview)</source>
        <translation>Er sagt nicht, wer Sie für ihn sind (kein SelfSubjectReview)</translation>
    </message>
    <message>
        <source>Kubernetes %1 does not tell who you are to it (SelfSubjectReview came with 1.26)</source>
        <translation>Kubernetes %1 sagt nicht, wer Sie für es sind (SelfSubjectReview kam mit 1.26)</translation>
    </message>
    <message>
        <source>%1: you may not list and watch it</source>
        <translation>%1: Auflisten und Beobachten sind Ihnen nicht erlaubt</translation>
    </message>
    <message>
        <source>%1: in the namespace “%2” only</source>
        <translation>%1: nur im Namespace „%2“</translation>
    </message>
    <message>
        <source>Not served by this cluster: %1</source>
        <translation>Von diesem Cluster nicht angeboten: %1</translation>
    </message>
    <message numerus="yes">
        <source>You may list and watch all %n kind(s).</source>
        <translation>
            <numerusform>Sie dürfen die %n Art auflisten und beobachten.</numerusform>
            <numerusform>Sie dürfen alle %n Arten auflisten und beobachten.</numerusform>
        </translation>
    </message>
    <message>
        <source>You may list and watch some kinds in the namespace “%1” only.</source>
        <translation>Manche Arten dürfen Sie nur im Namespace „%1“ auflisten und beobachten.</translation>
    </message>
    <message numerus="yes">
        <source>You may not list and watch %1 of %n kind(s).</source>
        <translation>
            <numerusform>Sie dürfen %1 von %n Art nicht auflisten und beobachten.</numerusform>
            <numerusform>Sie dürfen %1 von %n Arten nicht auflisten und beobachten.</numerusform>
        </translation>
    </message>
    <message>
        <source>Ask the cluster&apos;s administrator for a role with list and watch on them (the ClusterRole “view” has most); what you may see is shown.</source>
        <translation>Bitten Sie die Verwaltung des Clusters um eine Rolle mit list und watch darauf (die ClusterRole „view“ hat das meiste); was Sie sehen dürfen, wird gezeigt.</translation>
    </message>
</context>
<context>
    <name>kdra::doctor::Patience</name>
    <message>
        <source>Check your network, whether a VPN is needed, and whether a firewall drops the packets.</source>
        <translation>Prüfen Sie Ihr Netz, ob ein VPN nötig ist und ob eine Firewall die Pakete verwirft.</translation>
    </message>
</context>
<context>
    <name>kdra::doctor::Route</name>
    <message>
        <source>Nothing answers at %1: the connection was refused.</source>
        <translation>Unter %1 antwortet nichts: Die Verbindung wurde abgelehnt.</translation>
    </message>
    <message>
        <source>Check that the cluster runs and that address and port are right.</source>
        <translation>Prüfen Sie, ob der Cluster läuft und ob Adresse und Port stimmen.</translation>
    </message>
    <message>
        <source>There is no way to %1: %2.</source>
        <translation>Es gibt keinen Weg zu %1: %2.</translation>
    </message>
    <message>
        <source>Check your network, and whether a VPN is needed.</source>
        <translation>Prüfen Sie Ihr Netz und ob ein VPN nötig ist.</translation>
    </message>
    <message>
        <source>The other side closed the connection at once.</source>
        <translation>Die Gegenseite hat die Verbindung sofort geschlossen.</translation>
    </message>
    <message>
        <source>Check the port, and whether a firewall or a load balancer without servers sits there.</source>
        <translation>Prüfen Sie den Port und ob dort eine Firewall oder ein Load-Balancer ohne Server steht.</translation>
    </message>
    <message>
        <source>The connection to %1 failed: %2.</source>
        <translation>Die Verbindung zu %1 ist fehlgeschlagen: %2.</translation>
    </message>
    <message>
        <source>Check your network and the server&apos;s address.</source>
        <translation>Prüfen Sie Ihr Netz und die Adresse des Servers.</translation>
    </message>
    <message>
        <source>from proxy-url in the kubeconfig</source>
        <translation>aus proxy-url in der Kubeconfig</translation>
    </message>
    <message>
        <source>from the environment&apos;s %1</source>
        <translation>aus %1 in der Umgebung</translation>
    </message>
    <message>
        <source>as the desktop&apos;s settings say</source>
        <translation>wie in den Einstellungen des Desktops</translation>
    </message>
    <message>
        <source>the server is on this computer</source>
        <translation>der Server ist auf diesem Rechner</translation>
    </message>
    <message>
        <source>the environment&apos;s %1 excludes the server</source>
        <translation>%1 in der Umgebung nimmt den Server aus</translation>
    </message>
    <message>
        <source>Certificate “%1”, issued by “%2”</source>
        <translation>Zertifikat „%1“, ausgestellt von „%2“</translation>
    </message>
    <message>
        <source>Chain: “%1”, issued by “%2”</source>
        <translation>Kette: „%1“, ausgestellt von „%2“</translation>
    </message>
    <message>
        <source>It has no alternative names</source>
        <translation>Es hat keine alternativen Namen</translation>
    </message>
    <message>
        <source>Names: %1</source>
        <translation>Namen: %1</translation>
    </message>
    <message numerus="yes">
        <source>Valid from %1 until %2, %n day(s) left</source>
        <translation>
            <numerusform>Gültig von %1 bis %2, noch %n Tag</numerusform>
            <numerusform>Gültig von %1 bis %2, noch %n Tage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Valid from %1 until %2, expired %n day(s) ago</source>
        <translation>
            <numerusform>Gültig von %1 bis %2, vor %n Tag abgelaufen</numerusform>
            <numerusform>Gültig von %1 bis %2, vor %n Tagen abgelaufen</numerusform>
        </translation>
    </message>
    <message>
        <source>The proxy&apos;s name; the proxy looks up %1 itself</source>
        <translation>Der Name des Proxys; der Proxy löst %1 selbst auf</translation>
    </message>
    <message>
        <source>%1 is an address; there is nothing to look up.</source>
        <translation>%1 ist eine Adresse; es gibt nichts aufzulösen.</translation>
    </message>
    <message>
        <source>Check that your network&apos;s name server (DNS) can be reached.</source>
        <translation>Prüfen Sie, ob der Nameserver (DNS) Ihres Netzes erreichbar ist.</translation>
    </message>
    <message>
        <source>The name %1 is not known.</source>
        <translation>Der Name %1 ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Check the spelling, your network, and whether a VPN is needed.</source>
        <translation>Prüfen Sie die Schreibweise, Ihr Netz und ob ein VPN nötig ist.</translation>
    </message>
    <message>
        <source>%1 is %2.</source>
        <translation>%1 ist %2.</translation>
    </message>
    <message>
        <source>%1: connected</source>
        <translation>%1: verbunden</translation>
    </message>
    <message numerus="yes">
        <source>None of the %n address(es) of %1 can be reached.</source>
        <translation>
            <numerusform>Die %n Adresse von %1 ist nicht erreichbar.</numerusform>
            <numerusform>Keine der %n Adressen von %1 ist erreichbar.</numerusform>
        </translation>
    </message>
    <message>
        <source>Port %1 at %2 answers.</source>
        <translation>Port %1 unter %2 antwortet.</translation>
    </message>
    <message numerus="yes">
        <source>%n address(es) of %1 cannot be reached, which delays every connection.</source>
        <translation>
            <numerusform>%n Adresse von %1 ist nicht erreichbar, was jede Verbindung verzögert.</numerusform>
            <numerusform>%n Adressen von %1 sind nicht erreichbar, was jede Verbindung verzögert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Ask for the dead address to be taken out of the DNS.</source>
        <translation>Lassen Sie die tote Adresse aus dem DNS nehmen.</translation>
    </message>
    <message>
        <source>No proxy is used.</source>
        <translation>Es wird kein Proxy verwendet.</translation>
    </message>
    <message>
        <source>With a user name and password</source>
        <translation>Mit Benutzername und Passwort</translation>
    </message>
    <message>
        <source>The proxy connects to %1.</source>
        <translation>Der Proxy verbindet mit %1.</translation>
    </message>
    <message>
        <source>The proxy does not connect to %1: %2.</source>
        <translation>Der Proxy verbindet nicht mit %1: %2.</translation>
    </message>
    <message>
        <source>Check the proxy&apos;s user and password, and whether it may reach the cluster.</source>
        <translation>Prüfen Sie Benutzer und Passwort des Proxys und ob er den Cluster erreichen darf.</translation>
    </message>
    <message>
        <source>What answers at the proxy&apos;s address does not speak the protocol of an HTTP proxy.</source>
        <translation>Was unter der Adresse des Proxys antwortet, spricht nicht das Protokoll eines HTTP-Proxys.</translation>
    </message>
    <message>
        <source>Check the proxy&apos;s address and port; a SOCKS proxy is written socks5://.</source>
        <translation>Prüfen Sie Adresse und Port des Proxys; ein SOCKS-Proxy schreibt sich socks5://.</translation>
    </message>
    <message>
        <source>The proxy says: %1</source>
        <translation>Der Proxy sagt: %1</translation>
    </message>
    <message>
        <source>The proxy refuses to connect to %1: HTTP status %2.</source>
        <translation>Der Proxy lehnt die Verbindung mit %1 ab: HTTP-Status %2.</translation>
    </message>
    <message>
        <source>Write user and password into the proxy&apos;s address: http://user:password@host:port.</source>
        <translation>Schreiben Sie Benutzer und Passwort in die Adresse des Proxys: http://user:password@host:port.</translation>
    </message>
    <message>
        <source>The proxy does not accept the user and password in its address: correct them.</source>
        <translation>Der Proxy nimmt Benutzer und Passwort in seiner Adresse nicht an: Berichtigen Sie sie.</translation>
    </message>
    <message>
        <source>Ask the proxy&apos;s administrator to allow the cluster&apos;s address and port, or add the server to NO_PROXY if it can be reached directly.</source>
        <translation>Bitten Sie die Verwaltung des Proxys, Adresse und Port des Clusters zu erlauben, oder ergänzen Sie den Server in NO_PROXY, wenn er direkt erreichbar ist.</translation>
    </message>
    <message>
        <source>The proxy cannot reach the server: check the server&apos;s address as the proxy sees it.</source>
        <translation>Der Proxy erreicht den Server nicht: Prüfen Sie die Adresse des Servers aus Sicht des Proxys.</translation>
    </message>
    <message>
        <source>Plain HTTP: this connection is not encrypted.</source>
        <translation>Einfaches HTTP: Diese Verbindung ist nicht verschlüsselt.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not checked (insecure-skip-tls-verify).</source>
        <translation>Das Zertifikat des Servers wird nicht geprüft (insecure-skip-tls-verify).</translation>
    </message>
    <message>
        <source>Set certificate-authority in the kubeconfig and take that line out.</source>
        <translation>Setzen Sie certificate-authority in der Kubeconfig und entfernen Sie diese Zeile.</translation>
    </message>
    <message numerus="yes">
        <source>The server&apos;s certificate expires in %n day(s).</source>
        <translation>
            <numerusform>Das Zertifikat des Servers läuft in %n Tag ab.</numerusform>
            <numerusform>Das Zertifikat des Servers läuft in %n Tagen ab.</numerusform>
        </translation>
    </message>
    <message>
        <source>Tell the cluster&apos;s administrator to renew it.</source>
        <translation>Bitten Sie die Verwaltung des Clusters, es zu erneuern.</translation>
    </message>
</context>
<context>
    <name>kdra::doctor::Step</name>
    <message>
        <source>Name (DNS)</source>
        <translation>Name (DNS)</translation>
    </message>
    <message>
        <source>Connection (TCP)</source>
        <translation>Verbindung (TCP)</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Encryption (TLS)</source>
        <translation>Verschlüsselung (TLS)</translation>
    </message>
    <message>
        <source>API server and clock</source>
        <translation>API-Server und Uhr</translation>
    </message>
    <message>
        <source>Credentials</source>
        <translation>Zugangsdaten</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>Authentifizierung</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Events over WebSocket</source>
        <translation>Ereignisse über WebSocket</translation>
    </message>
    <message>
        <source>Streaming lists (WatchList)</source>
        <translation>Streaming-Listen (WatchList)</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>bestanden</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>&lt; 1 ms</source>
        <translation>&lt; 1 ms</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>kdra::doctor::Watching</name>
    <message>
        <source>There is no kind that you may watch.</source>
        <translation>Es gibt keine Art, die Sie beobachten dürfen.</translation>
    </message>
    <message>
        <source>A watch of %1 was upgraded to WebSocket.</source>
        <translation>Eine Beobachtung von %1 wurde auf WebSocket umgestellt.</translation>
    </message>
    <message>
        <source>Asked for: %1</source>
        <translation>Angefragt: %1</translation>
    </message>
    <message>
        <source>The answer: %1</source>
        <translation>Die Antwort: %1</translation>
    </message>
    <message>
        <source>The same watch over plain HTTP: %1</source>
        <translation>Dieselbe Beobachtung über einfaches HTTP: %1</translation>
    </message>
    <message>
        <source>The upgrade to WebSocket gets no answer; events come over plain HTTP instead.</source>
        <translation>Die Umstellung auf WebSocket bekommt keine Antwort; Ereignisse kommen stattdessen über einfaches HTTP.</translation>
    </message>
    <message>
        <source>The upgrade to WebSocket is refused (HTTP status %1); events come over plain HTTP instead.</source>
        <translation>Die Umstellung auf WebSocket wird abgelehnt (HTTP-Status %1); Ereignisse kommen stattdessen über einfaches HTTP.</translation>
    </message>
    <message>
        <source>The upgrade to WebSocket fails; events come over plain HTTP instead.</source>
        <translation>Die Umstellung auf WebSocket schlägt fehl; Ereignisse kommen stattdessen über einfaches HTTP.</translation>
    </message>
    <message>
        <source>Let the proxy&apos;s administrator allow WebSockets (the headers Upgrade and Connection) to this server.</source>
        <translation>Bitten Sie die Verwaltung des Proxys, WebSockets (die Header Upgrade und Connection) zu diesem Server zu erlauben.</translation>
    </message>
    <message>
        <source>A load balancer or gateway before the API server takes the headers Upgrade and Connection away, or does not accept the Origin: let WebSockets through there.</source>
        <translation>Ein Load-Balancer oder Gateway vor dem API-Server entfernt die Header Upgrade und Connection oder nimmt den Origin nicht an: Lassen Sie WebSockets dort durch.</translation>
    </message>
    <message>
        <source>Served: one connection gives the state of a kind and its changes.</source>
        <translation>Angeboten: Eine Verbindung liefert den Stand einer Art und seine Änderungen.</translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) of kind %1 came in the initial list</source>
        <translation>
            <numerusform>%n Objekt der Art %1 kam in der ersten Liste</numerusform>
            <numerusform>%n Objekte der Art %1 kamen in der ersten Liste</numerusform>
        </translation>
    </message>
    <message>
        <source>Over plain HTTP, KDRA lists in pages all the same</source>
        <translation>Über einfaches HTTP listet KDRA trotzdem seitenweise auf</translation>
    </message>
    <message>
        <source>KDRA lists in pages of 500 and watches from there, which is slower to begin with</source>
        <translation>KDRA listet in Seiten zu 500 auf und beobachtet von da an, was am Anfang langsamer ist</translation>
    </message>
    <message>
        <source>Not served by this server.</source>
        <translation>Von diesem Server nicht angeboten.</translation>
    </message>
    <message>
        <source>Not served by %1.</source>
        <translation>Von %1 nicht angeboten.</translation>
    </message>
    <message>
        <source>The server begins a streaming list and breaks it off: %1.</source>
        <translation>Der Server beginnt eine Streaming-Liste und bricht sie ab: %1.</translation>
    </message>
    <message>
        <source>Its etcd is too old: 3.4.31, 3.5.13 or newer is needed.</source>
        <translation>Sein etcd ist zu alt: 3.4.31, 3.5.13 oder neuer ist nötig.</translation>
    </message>
    <message>
        <source>Ask the cluster&apos;s administrator to look at the API server&apos;s log.</source>
        <translation>Bitten Sie die Verwaltung des Clusters, ins Protokoll des API-Servers zu sehen.</translation>
    </message>
</context>
<context>
    <name>kdra::edge::Throttling</name>
    <message>
        <source>Under-voltage</source>
        <translation>Unterspannung</translation>
    </message>
    <message>
        <source>Clock capped</source>
        <translation>Takt begrenzt</translation>
    </message>
    <message>
        <source>Throttled</source>
        <translation>Gedrosselt</translation>
    </message>
    <message>
        <source>Too warm (soft limit)</source>
        <translation>Zu warm (weiche Grenze)</translation>
    </message>
</context>
<context>
    <name>kdra::environments::Application</name>
    <message>
        <source>%1 exists already and is not part of this environment.</source>
        <translation>%1 ist bereits vorhanden und gehört nicht zu dieser Umgebung.</translation>
    </message>
    <message>
        <source>Choose another name or another namespace.</source>
        <translation>Wählen Sie einen anderen Namen oder einen anderen Namespace.</translation>
    </message>
    <message>
        <source>%1 (managed by %2)</source>
        <comment>a field and a manager</comment>
        <translation>%1 (verwaltet von %2)</translation>
    </message>
    <message>
        <source>%1: somebody else manages %2.</source>
        <translation>%1: Jemand anderes verwaltet %2.</translation>
    </message>
    <message>
        <source>Keep theirs, or apply again and take the fields over.</source>
        <translation>Lassen Sie die Felder, wie sie sind, oder wenden Sie erneut an und übernehmen Sie die Felder.</translation>
    </message>
    <message>
        <source>Applying %1.</source>
        <translation>%1 wird angewendet.</translation>
    </message>
    <message>
        <source>%1 cannot be changed: it is made anew.</source>
        <translation>%1 kann nicht geändert werden und wird neu angelegt.</translation>
    </message>
</context>
<context>
    <name>kdra::environments::Change</name>
    <message>
        <source>Reading what is there.</source>
        <translation>Der vorhandene Stand wird gelesen.</translation>
    </message>
    <message numerus="yes">
        <source>%n objects were applied; it can be resumed.</source>
        <translation>
            <numerusform>%n Objekt wurde angewendet; der Vorgang lässt sich fortsetzen.</numerusform>
            <numerusform>%n Objekte wurden angewendet; der Vorgang lässt sich fortsetzen.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is managed by %2, not by KDRA.</source>
        <translation>%1 wird von %2 verwaltet, nicht von KDRA.</translation>
    </message>
    <message>
        <source>Change it with the tool that made it.</source>
        <translation>Ändern Sie sie mit dem Werkzeug, das sie angelegt hat.</translation>
    </message>
    <message>
        <source>Stopped half way: it can be resumed. %1</source>
        <translation>Auf halbem Weg angehalten: Der Vorgang lässt sich fortsetzen. %1</translation>
    </message>
    <message>
        <source>%1 is changed and ready.</source>
        <translation>%1 ist geändert und bereit.</translation>
    </message>
    <message>
        <source>Change environment %1</source>
        <translation>Umgebung %1 ändern</translation>
    </message>
    <message>
        <source>Somebody else has changed %1 meanwhile.</source>
        <translation>Jemand anderes hat %1 inzwischen geändert.</translation>
    </message>
    <message>
        <source>Do it again: it starts from what the environment is now.</source>
        <translation>Versuchen Sie es noch einmal: Dann geht es von dem aus, was die Umgebung jetzt ist.</translation>
    </message>
    <message>
        <source>Somebody is deleting %1.</source>
        <translation>Jemand löscht %1 gerade.</translation>
    </message>
    <message>
        <source>Create it again, when it is gone, if it is still wanted.</source>
        <translation>Erstellen Sie die Umgebung, sobald sie verschwunden ist, noch einmal, falls sie noch gewünscht ist.</translation>
    </message>
    <message>
        <source>%1 is paused.</source>
        <translation>%1 ist angehalten.</translation>
    </message>
    <message>
        <source>Resume it first.</source>
        <translation>Setzen Sie die Umgebung zuerst fort.</translation>
    </message>
</context>
<context>
    <name>kdra::environments::Creation</name>
    <message numerus="yes">
        <source>%n objects were applied.</source>
        <translation>
            <numerusform>%n Objekt wurde angewendet.</numerusform>
            <numerusform>%n Objekte wurden angewendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled: taking back what was made.</source>
        <translation>Abgebrochen: Was angelegt wurde, wird zurückgenommen.</translation>
    </message>
    <message>
        <source>Making namespace %1.</source>
        <translation>Namespace %1 wird angelegt.</translation>
    </message>
    <message>
        <source>Namespace %1 is still being deleted.</source>
        <translation>Namespace %1 wird noch gelöscht.</translation>
    </message>
    <message>
        <source>Wait until it is gone, or choose another name.</source>
        <translation>Warten Sie, bis er weg ist, oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>There is a namespace %1 already.</source>
        <translation>Es gibt bereits einen Namespace %1.</translation>
    </message>
    <message>
        <source>Choose another name, or put the environment into that namespace.</source>
        <translation>Wählen Sie einen anderen Namen oder legen Sie die Umgebung in diesen Namespace.</translation>
    </message>
    <message>
        <source>Noting what is to be made.</source>
        <translation>Es wird vermerkt, was anzulegen ist.</translation>
    </message>
    <message>
        <source>Going on where it was interrupted.</source>
        <translation>Es geht weiter, wo unterbrochen wurde.</translation>
    </message>
    <message>
        <source>There is an environment %1 in namespace %2 already.</source>
        <translation>Es gibt bereits eine Umgebung %1 im Namespace %2.</translation>
    </message>
    <message>
        <source>Choose another name; or change, resume or delete that one on the Environments page.</source>
        <translation>Wählen Sie einen anderen Namen; oder gehen Sie auf die Seite „Umgebungen“ und ändern Sie jene Umgebung, setzen Sie sie fort oder löschen Sie sie.</translation>
    </message>
    <message>
        <source>%1 is ready.</source>
        <translation>%1 ist bereit.</translation>
    </message>
    <message>
        <source>Cancelled. Nothing of %1 is left.</source>
        <translation>Abgebrochen. Von %1 ist nichts übrig.</translation>
    </message>
    <message>
        <source>Not everything could be taken back. %1</source>
        <translation>Nicht alles konnte zurückgenommen werden. %1</translation>
    </message>
    <message>
        <source>Stopped half way: it can be resumed or rolled back. %1</source>
        <translation>Auf halbem Weg angehalten: Der Vorgang lässt sich fortsetzen oder zurücknehmen. %1</translation>
    </message>
    <message>
        <source>Create environment %1</source>
        <translation>Umgebung %1 erstellen</translation>
    </message>
    <message>
        <source>The templates of %1 are together too large for a new namespace to keep.</source>
        <translation>Die Vorlagen von %1 sind zusammen zu groß, als dass ein neuer Namespace sie aufbewahren könnte.</translation>
    </message>
    <message>
        <source>Put the environment into a namespace that is there, or add some of the templates later.</source>
        <translation>Legen Sie die Umgebung in einem vorhandenen Namespace an, oder fügen Sie einige der Vorlagen später hinzu.</translation>
    </message>
</context>
<context>
    <name>kdra::environments::Deleting</name>
    <message>
        <source>%1 was not touched.</source>
        <translation>%1 wurde nicht angetastet.</translation>
    </message>
    <message>
        <source>A part of %1 is deleted; the rest can be deleted, too.</source>
        <translation>Ein Teil von %1 ist gelöscht; der Rest lässt sich ebenfalls löschen.</translation>
    </message>
    <message numerus="yes">
        <source>Deletes %1 in %n s. Cancel to keep it.</source>
        <translation>
            <numerusform>%1 wird in %n s gelöscht. Zum Behalten abbrechen.</numerusform>
            <numerusform>%1 wird in %n s gelöscht. Zum Behalten abbrechen.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is deleted. Nothing of it is left.</source>
        <translation>%1 ist gelöscht. Nichts ist davon übrig.</translation>
    </message>
    <message>
        <source>Not everything could be deleted. %1</source>
        <translation>Nicht alles konnte gelöscht werden. %1</translation>
    </message>
    <message>
        <source>Delete environment %1</source>
        <translation>Umgebung %1 löschen</translation>
    </message>
</context>
<context>
    <name>kdra::environments::DryRun</name>
    <message>
        <source>(secret)</source>
        <translation>(geheim)</translation>
    </message>
</context>
<context>
    <name>kdra::environments::Environment</name>
    <message>
        <source>Applying it was interrupted: it can be resumed.</source>
        <translation>Das Anwenden wurde unterbrochen: Es lässt sich fortsetzen.</translation>
    </message>
    <message>
        <source>How its workloads are is not known now.</source>
        <translation>Wie es ihren Workloads geht, ist derzeit nicht bekannt.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n workloads are ready.</source>
        <translation>
            <numerusform>%1 von %n Workload ist bereit.</numerusform>
            <numerusform>%1 von %n Workloads sind bereit.</numerusform>
        </translation>
    </message>
    <message>
        <source>Being applied</source>
        <translation>Wird angewendet</translation>
    </message>
    <message>
        <source>Incomplete</source>
        <translation>Unvollständig</translation>
    </message>
    <message>
        <source>Not ready yet</source>
        <translation>Noch nicht bereit</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Failing</source>
        <translation>Gestört</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Being deleted</source>
        <translation>Wird gelöscht</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Changing it was interrupted: it can be resumed, or taken back.</source>
        <translation>Die Änderung wurde unterbrochen: Sie kann fortgesetzt oder zurückgenommen werden.</translation>
    </message>
    <message>
        <source>Deleting it was interrupted: the rest of it can be deleted.</source>
        <translation>Das Löschen wurde unterbrochen: Der Rest kann gelöscht werden.</translation>
    </message>
</context>
<context>
    <name>kdra::environments::Extension</name>
    <message>
        <source>A part of it has the new time to live.</source>
        <translation>Ein Teil davon hat die neue Lebensdauer.</translation>
    </message>
    <message>
        <source>%1 lives until it is deleted.</source>
        <translation>%1 lebt, bis sie gelöscht wird.</translation>
    </message>
    <message>
        <source>%1 has a new time to live.</source>
        <translation>%1 hat eine neue Lebensdauer.</translation>
    </message>
    <message>
        <source>Extend environment %1</source>
        <translation>Umgebung %1 verlängern</translation>
    </message>
</context>
<context>
    <name>kdra::environments::ExternalProgram</name>
    <message>
        <source>It said: %1</source>
        <translation>Die Ausgabe: %1</translation>
    </message>
    <message>
        <source>Run the command in a terminal to look into it.</source>
        <translation>Führen Sie den Befehl in einem Terminal aus, um der Ursache nachzugehen.</translation>
    </message>
    <message>
        <source>%1 could not be started: %2.</source>
        <translation>%1 konnte nicht gestartet werden: %2.</translation>
    </message>
    <message>
        <source>%1 writes more than a template may hold.</source>
        <translation>%1 schreibt mehr, als eine Vorlage enthalten darf.</translation>
    </message>
    <message>
        <source>%1 was cancelled.</source>
        <translation>%1 wurde abgebrochen.</translation>
    </message>
    <message numerus="yes">
        <source>%1 did not finish within %n seconds.</source>
        <translation>
            <numerusform>%1 wurde nicht innerhalb von %n Sekunde fertig.</numerusform>
            <numerusform>%1 wurde nicht innerhalb von %n Sekunden fertig.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 failed.</source>
        <translation>%1 ist fehlgeschlagen.</translation>
    </message>
</context>
<context>
    <name>kdra::environments::Helm</name>
    <message>
        <source>helm is not installed.</source>
        <translation>helm ist nicht installiert.</translation>
    </message>
    <message>
        <source>Install it (https://helm.sh/docs/intro/install), and import the chart again.</source>
        <translation>Installieren Sie es (https://helm.sh/docs/intro/install) und importieren Sie das Chart erneut.</translation>
    </message>
    <message>
        <source>The chart is not there.</source>
        <translation>Das Chart ist nicht da.</translation>
    </message>
    <message>
        <source>Choose the directory of a chart, or its archive (.tgz).</source>
        <translation>Wählen Sie das Verzeichnis eines Charts oder sein Archiv (.tgz).</translation>
    </message>
    <message>
        <source>This is no Helm chart: there is no Chart.yaml with a name.</source>
        <translation>Das ist kein Helm-Chart: Es gibt keine Chart.yaml mit einem Namen.</translation>
    </message>
    <message>
        <source>The schema of the chart&apos;s values is not JSON: %1.</source>
        <translation>Das Schema für die Werte des Charts ist kein JSON: %1.</translation>
    </message>
    <message>
        <source>Correct the file, or remove it.</source>
        <translation>Berichtigen Sie die Datei oder entfernen Sie sie.</translation>
    </message>
    <message>
        <source>The chart has no such value.</source>
        <translation>Das Chart hat keinen solchen Wert.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a value&apos;s name, and what is wrong with it</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Give “%1” another value.</source>
        <translation>Geben Sie „%1“ einen anderen Wert.</translation>
    </message>
    <message>
        <source>The values for helm cannot be written: %1.</source>
        <translation>Die Werte für helm können nicht geschrieben werden: %1.</translation>
    </message>
    <message>
        <source>Make room in the folder for temporary files.</source>
        <translation>Schaffen Sie Platz im Ordner für temporäre Dateien.</translation>
    </message>
</context>
<context>
    <name>kdra::environments::Kustomize</name>
    <message>
        <source>The Kustomize directory is not there.</source>
        <translation>Das Kustomize-Verzeichnis ist nicht da.</translation>
    </message>
    <message>
        <source>Choose a directory with a kustomization.yaml.</source>
        <translation>Wählen Sie ein Verzeichnis mit einer kustomization.yaml.</translation>
    </message>
    <message>
        <source>Neither kustomize nor kubectl is installed.</source>
        <translation>Weder kustomize noch kubectl ist installiert.</translation>
    </message>
    <message>
        <source>Install kustomize or kubectl, and import the directory again.</source>
        <translation>Installieren Sie kustomize oder kubectl und importieren Sie das Verzeichnis erneut.</translation>
    </message>
    <message>
        <source>Imported from Kustomize.</source>
        <translation>Aus Kustomize importiert.</translation>
    </message>
</context>
<context>
    <name>kdra::environments::Parameter</name>
    <message>
        <source>It has to be at least %1.</source>
        <translation>Muss mindestens %1 sein.</translation>
    </message>
    <message>
        <source>It has to be at most %1.</source>
        <translation>Darf höchstens %1 sein.</translation>
    </message>
    <message>
        <source>It has to be between %1 and %2.</source>
        <translation>Muss zwischen %1 und %2 liegen.</translation>
    </message>
    <message>
        <source>It has to be a whole number.</source>
        <translation>Muss eine ganze Zahl sein.</translation>
    </message>
    <message>
        <source>It has to be a number.</source>
        <translation>Muss eine Zahl sein.</translation>
    </message>
    <message>
        <source>It has to be an amount such as 250m, 1, 512Mi or 1Gi.</source>
        <translation>Muss eine Menge wie 250m, 1, 512Mi oder 1Gi sein.</translation>
    </message>
    <message>
        <source>It has to be an image such as docker.io/library/nginx:1.29.</source>
        <translation>Muss ein Image wie docker.io/library/nginx:1.29 sein.</translation>
    </message>
    <message>
        <source>It is too long.</source>
        <translation>Ist zu lang.</translation>
    </message>
    <message>
        <source>It is not valid text.</source>
        <translation>Ist kein gültiger Text.</translation>
    </message>
    <message>
        <source>It needs a value.</source>
        <translation>Braucht einen Wert.</translation>
    </message>
    <message>
        <source>It does not match the pattern %1.</source>
        <translation>Passt nicht zum Muster %1.</translation>
    </message>
    <message>
        <source>It has to be a list.</source>
        <translation>Muss eine Liste sein.</translation>
    </message>
    <message numerus="yes">
        <source>It has more than %n elements.</source>
        <translation>
            <numerusform>Hat mehr als %n Element.</numerusform>
            <numerusform>Hat mehr als %n Elemente.</numerusform>
        </translation>
    </message>
    <message>
        <source>Each element has to be a text that is not empty.</source>
        <translation>Jedes Element muss ein nicht leerer Text sein.</translation>
    </message>
    <message>
        <source>It has to be true or false.</source>
        <translation>Muss true oder false sein.</translation>
    </message>
    <message>
        <source>It has to be text.</source>
        <translation>Muss Text sein.</translation>
    </message>
    <message>
        <source>It has to be one of: %1.</source>
        <translation>Muss eines davon sein: %1.</translation>
    </message>
    <message>
        <source>The template has no parameter “%1”.</source>
        <translation>Die Vorlage hat keinen Parameter „%1“.</translation>
    </message>
    <message>
        <source>Leave it out, or use the version of the template that has it.</source>
        <translation>Lassen Sie ihn weg oder verwenden Sie die Version der Vorlage, die ihn hat.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a parameter&apos;s title, and what is wrong with its value</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Give “%1” another value.</source>
        <translation>Geben Sie „%1“ einen anderen Wert.</translation>
    </message>
</context>
<context>
    <name>kdra::environments::Pausing</name>
    <message numerus="yes">
        <source>%n of its workloads were changed.</source>
        <translation>
            <numerusform>%n ihrer Workloads wurde geändert.</numerusform>
            <numerusform>%n ihrer Workloads wurden geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Pausing %1.</source>
        <translation>%1 wird angehalten.</translation>
    </message>
    <message>
        <source>Resuming %1.</source>
        <translation>%1 wird fortgesetzt.</translation>
    </message>
    <message>
        <source>%1 is paused: nothing of it runs, its data stays.</source>
        <translation>%1 ist angehalten: Nichts davon läuft, die Daten bleiben.</translation>
    </message>
    <message>
        <source>%1 runs again.</source>
        <translation>%1 läuft wieder.</translation>
    </message>
    <message>
        <source>Pause environment %1</source>
        <translation>Umgebung %1 anhalten</translation>
    </message>
    <message>
        <source>Resume environment %1</source>
        <translation>Umgebung %1 fortsetzen</translation>
    </message>
    <message>
        <source>%1 is paused, but this goes on running, as it cannot be paused: %2.</source>
        <translation>%1 ist angehalten, aber dies läuft weiter, weil es sich nicht anhalten lässt: %2.</translation>
    </message>
</context>
<context>
    <name>kdra::environments::Plan</name>
    <message>
        <source>This server serves %1 as %2, not as %3.</source>
        <translation>Dieser Server bietet %1 als %2 an, nicht als %3.</translation>
    </message>
    <message>
        <source>The template has to be written for this version of Kubernetes.</source>
        <translation>Die Vorlage muss für diese Version von Kubernetes geschrieben sein.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be the name of an environment. %2</source>
        <translation>„%1“ kann nicht der Name einer Umgebung sein. %2</translation>
    </message>
    <message>
        <source>There is no template.</source>
        <translation>Es gibt keine Vorlage.</translation>
    </message>
    <message>
        <source>There is no namespace.</source>
        <translation>Es gibt keinen Namespace.</translation>
    </message>
    <message>
        <source>%1 lies outside of the environment&apos;s namespace, and the template does not declare it.</source>
        <translation>%1 liegt außerhalb des Namespace der Umgebung, und die Vorlage deklariert es nicht.</translation>
    </message>
    <message>
        <source>Add it to needs.clusterScoped of template.yaml.</source>
        <translation>Ergänzen Sie es unter needs.clusterScoped in template.yaml.</translation>
    </message>
    <message>
        <source>The template is too large to be kept with its environment: %1 packed, of at most %2.</source>
        <translation>Die Vorlage ist zu groß, um bei ihrer Umgebung aufbewahrt zu werden: gepackt %1 von höchstens %2.</translation>
    </message>
    <message>
        <source>Move large files out of it, into images or volumes.</source>
        <translation>Verlagern Sie große Dateien in Images oder Volumes.</translation>
    </message>
    <message>
        <source>PersistentVolumeClaims of %1</source>
        <translation>PersistentVolumeClaims von %1</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be the name of a part of an environment. %2</source>
        <translation>„%1“ kann nicht der Name eines Teils einer Umgebung sein. %2</translation>
    </message>
    <message>
        <source>Both %1 and %2 are called %3.</source>
        <translation>Sowohl %1 als auch %2 heißt %3.</translation>
    </message>
    <message>
        <source>Give one of them another name.</source>
        <translation>Geben Sie einem davon einen anderen Namen.</translation>
    </message>
    <message>
        <source>Both %1 and %2 want to be found as %3.</source>
        <translation>Sowohl %1 als auch %2 will unter %3 gefunden werden.</translation>
    </message>
    <message>
        <source>Give one of them another host name.</source>
        <translation>Geben Sie einem davon einen anderen Hostnamen.</translation>
    </message>
    <message>
        <source>the environment&apos;s network policies</source>
        <translation>den Netzwerkrichtlinien der Umgebung</translation>
    </message>
    <message>
        <source>%1 as %2 (%3)</source>
        <comment>template, name of the part, place in the template</comment>
        <translation>%1 als %2 (%3)</translation>
    </message>
    <message>
        <source>the environment itself</source>
        <translation>der Umgebung selbst</translation>
    </message>
    <message>
        <source>There are two objects called %1: one of %2 and one of %3.</source>
        <translation>Es gibt zwei Objekte namens %1: eines von %2 und eines von %3.</translation>
    </message>
    <message>
        <source>Give what is added another name; where that does not help, the template gives the object a name that is not made from ${environment.name}.</source>
        <translation>Geben Sie dem, was hinzukommt, einen anderen Namen; hilft das nicht, gibt die Vorlage dem Objekt einen Namen, der nicht aus ${environment.name} gebildet ist.</translation>
    </message>
    <message>
        <source>The templates of %1 are together too large to be kept with it: %2 packed, of at most %3.</source>
        <translation>Die Vorlagen von %1 sind zusammen zu groß, um bei ihr aufbewahrt zu werden: gepackt %2, höchstens %3 sind möglich.</translation>
    </message>
    <message>
        <source>Make another environment of what would be added.</source>
        <translation>Machen Sie aus dem, was hinzukäme, eine eigene Umgebung.</translation>
    </message>
</context>
<context>
    <name>kdra::environments::Planner</name>
    <message>
        <source>LimitRange %1 asks every container for a %2 limit; %3 has none.</source>
        <translation>LimitRange %1 verlangt für jeden Container ein %2-Limit; %3 hat keines.</translation>
    </message>
    <message>
        <source>LimitRange %1 allows a container at most %2 of %3; %4 asks for %5.</source>
        <translation>LimitRange %1 erlaubt einem Container höchstens %2 %3; %4 verlangt %5.</translation>
    </message>
    <message>
        <source>LimitRange %1 asks every container for a %2 request; %3 has none.</source>
        <translation>LimitRange %1 verlangt für jeden Container eine %2-Anforderung; %3 hat keine.</translation>
    </message>
    <message>
        <source>LimitRange %1 asks for at least %2 of %3 a container; %4 asks for %5.</source>
        <translation>LimitRange %1 verlangt je Container mindestens %2 %3; %4 verlangt %5.</translation>
    </message>
    <message>
        <source>%1 requests %2 of %3, more than the limit of %4 that LimitRange %5 sets.</source>
        <translation>%1 fordert %2 %3 an, mehr als das Limit von %4, das LimitRange %5 setzt.</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Namespace %1 is being deleted.</source>
        <translation>Namespace %1 wird gelöscht.</translation>
    </message>
    <message>
        <source>There is a namespace %1 already.</source>
        <translation>Es gibt bereits einen Namespace %1.</translation>
    </message>
    <message>
        <source>There is no namespace %1.</source>
        <translation>Es gibt keinen Namespace %1.</translation>
    </message>
    <message>
        <source>There is an environment %1 in namespace %2 already.</source>
        <translation>Es gibt bereits eine Umgebung %1 im Namespace %2.</translation>
    </message>
    <message>
        <source>There is no environment %1 in namespace %2.</source>
        <translation>Es gibt keine Umgebung %1 im Namespace %2.</translation>
    </message>
    <message>
        <source>Whether there is an environment %1 already is not known.</source>
        <translation>Ob es bereits eine Umgebung %1 gibt, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>%1 is short of memory.</source>
        <translation>%1 hat zu wenig Speicher.</translation>
    </message>
    <message>
        <source>%1 is short of disk space.</source>
        <translation>%1 hat zu wenig Plattenplatz.</translation>
    </message>
    <message>
        <source>%1 is short of process numbers.</source>
        <translation>%1 hat zu wenige Prozessnummern.</translation>
    </message>
    <message>
        <source>The network of %1 is not set up.</source>
        <translation>Das Netz von %1 ist nicht eingerichtet.</translation>
    </message>
    <message>
        <source>%1 is not among the nodes that %2 may go to by its node affinity.</source>
        <translation>%1 gehört nicht zu den Knoten, auf die %2 laut Node-Affinity darf.</translation>
    </message>
    <message>
        <source>%1 has no label %2, which %3 asks for.</source>
        <translation>%1 hat das Label %2 nicht, das %3 verlangt.</translation>
    </message>
    <message numerus="yes">
        <source>%1 has been silent for %n second(s).</source>
        <translation>
            <numerusform>%1 schweigt seit %n Sekunde.</numerusform>
            <numerusform>%1 schweigt seit %n Sekunden.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation>%1 antwortet nicht.</translation>
    </message>
    <message>
        <source>%1 is not ready.</source>
        <translation>%1 ist nicht bereit.</translation>
    </message>
    <message>
        <source>%1 is not ready: %2.</source>
        <translation>%1 ist nicht bereit: %2.</translation>
    </message>
    <message>
        <source>%1 is cordoned: no new pods are placed on it.</source>
        <translation>%1 ist gesperrt: Er bekommt keine neuen Pods.</translation>
    </message>
    <message>
        <source>No image for %1: the template is made for %2.</source>
        <translation>Kein Image für %1: Die Vorlage ist für %2 gemacht.</translation>
    </message>
    <message>
        <source>%1 keeps off pods that do not tolerate %2.</source>
        <translation>%1 weist Pods ab, die %2 nicht tolerieren.</translation>
    </message>
    <message>
        <source>Fits: it requests neither CPU nor memory; %1 cores and %2 are free.</source>
        <translation>Passt: Weder CPU noch Speicher wird angefordert; %1 Kerne und %2 sind frei.</translation>
    </message>
    <message>
        <source>Fits: %1 of %2 free cores, %3 of %4.</source>
        <translation>Passt: %1 von %2 freien Kernen, %3 von %4.</translation>
    </message>
    <message>
        <source>Too little CPU: %1 cores are asked for, %2 of %3 are free.</source>
        <translation>Zu wenig CPU: Gebraucht werden %1 Kerne, frei sind %2 von %3.</translation>
    </message>
    <message>
        <source>Too little memory: %1 are asked for, %2 of %3 are free.</source>
        <translation>Zu wenig Speicher: Gebraucht werden %1, frei sind %2 von %3.</translation>
    </message>
    <message>
        <source>Too many pods: %1 are asked for, there is room for %2 of %3.</source>
        <translation>Zu viele Pods: Gebraucht werden %1, Platz ist für %2 von %3.</translation>
    </message>
    <message numerus="yes">
        <source>Tight: %1 cores, %2 and room for %n pod(s) would be left.</source>
        <translation>
            <numerusform>Knapp: %1 Kerne, %2 und Platz für %n Pod blieben übrig.</numerusform>
            <numerusform>Knapp: %1 Kerne, %2 und Platz für %n Pods blieben übrig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n do(es) not answer</source>
        <translation>
            <numerusform>%n antwortet nicht</numerusform>
            <numerusform>%n antworten nicht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n is/are not ready</source>
        <translation>
            <numerusform>%n ist nicht bereit</numerusform>
            <numerusform>%n sind nicht bereit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n has/have another architecture</source>
        <translation>
            <numerusform>%n hat eine andere Architektur</numerusform>
            <numerusform>%n haben eine andere Architektur</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n is/are cordoned</source>
        <translation>
            <numerusform>%n ist gesperrt</numerusform>
            <numerusform>%n sind gesperrt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n is/are short of memory, disk or processes</source>
        <translation>
            <numerusform>%n hat zu wenig Speicher, Plattenplatz oder Prozessnummern</numerusform>
            <numerusform>%n haben zu wenig Speicher, Plattenplatz oder Prozessnummern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n keep(s) off pods that do not tolerate its taints</source>
        <translation>
            <numerusform>%n weist Pods ab, die seine Taints nicht tolerieren</numerusform>
            <numerusform>%n weisen Pods ab, die ihre Taints nicht tolerieren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lack(s) a label that the pods ask for</source>
        <translation>
            <numerusform>%n fehlt ein Label, das die Pods verlangen</numerusform>
            <numerusform>%n fehlt ein Label, das die Pods verlangen</numerusform>
        </translation>
    </message>
    <message>
        <source>Fits: it has no pods.</source>
        <translation>Passt: Es gibt keine Pods.</translation>
    </message>
    <message>
        <source>%1 is marked to be avoided where another node will do (PreferNoSchedule).</source>
        <translation>%1 soll gemieden werden, wo es ein anderer Knoten auch tut (PreferNoSchedule).</translation>
    </message>
    <message>
        <source>There are no nodes.</source>
        <translation>Es gibt keine Knoten.</translation>
    </message>
    <message numerus="yes">
        <source>None of the %n node(s) takes %1: %2.</source>
        <translation>
            <numerusform>Es gibt %n Knoten; er nimmt %1 nicht auf: %2.</numerusform>
            <numerusform>Keiner der %n Knoten nimmt %1 auf: %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None of the %n node(s) of %1 takes %2: %3.</source>
        <translation>
            <numerusform>%1 hat %n Knoten; er nimmt %2 nicht auf: %3.</numerusform>
            <numerusform>Keiner der %n Knoten von %1 nimmt %2 auf: %3.</numerusform>
        </translation>
    </message>
    <message>
        <source>DaemonSets take the room that the other pods need.</source>
        <translation>DaemonSets nehmen den Platz ein, den die anderen Pods brauchen.</translation>
    </message>
    <message>
        <source>Too few nodes have room for a pod of %1, which asks for %2 cores and %3.</source>
        <translation>Zu wenige Knoten haben Platz für einen Pod von %1, der %2 Kerne und %3 verlangt.</translation>
    </message>
    <message>
        <source>Tight: whether all pods find room depends on how they are spread.</source>
        <translation>Knapp: Ob alle Pods Platz finden, hängt davon ab, wie sie verteilt werden.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n node(s) would take them: %2.</source>
        <translation>
            <numerusform>%1 von %n Knoten würde sie aufnehmen: %2.</numerusform>
            <numerusform>%1 von %n Knoten würden sie aufnehmen: %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) have no room for the DaemonSet&apos;s pod.</source>
        <translation>
            <numerusform>%n Knoten hat keinen Platz für den Pod des DaemonSets.</numerusform>
            <numerusform>%n Knoten haben keinen Platz für den Pod des DaemonSets.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nodes and pods are still being loaded.</source>
        <translation>Knoten und Pods werden noch geladen.</translation>
    </message>
    <message>
        <source>You are not allowed to see nodes: whether there is room is not known.</source>
        <translation>Sie dürfen Knoten nicht sehen: Ob Platz ist, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>You are not allowed to see pods: whether there is room is not known.</source>
        <translation>Sie dürfen Pods nicht sehen: Ob Platz ist, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Nodes and pods could not be loaded: whether there is room is not known.</source>
        <translation>Knoten und Pods konnten nicht geladen werden: Ob Platz ist, ist nicht bekannt.</translation>
    </message>
    <message numerus="yes">
        <source>As of %n second(s) ago: the connection is being repaired.</source>
        <translation>
            <numerusform>Stand vor %n Sekunde: Die Verbindung wird repariert.</numerusform>
            <numerusform>Stand vor %n Sekunden: Die Verbindung wird repariert.</numerusform>
        </translation>
    </message>
    <message>
        <source>You see pods of namespace %1 only: there may be less room.</source>
        <translation>Sie sehen nur Pods des Namespace %1: Es kann weniger Platz sein.</translation>
    </message>
    <message>
        <source>Quotas and limits are still being loaded.</source>
        <translation>Kontingente und Limits werden noch geladen.</translation>
    </message>
    <message>
        <source>Quotas and limits of the namespace are not known to you.</source>
        <translation>Kontingente und Limits des Namespace sind Ihnen nicht bekannt.</translation>
    </message>
    <message>
        <source>Quota %1 leaves %2 of %3 cores to request; %4 are asked for.</source>
        <translation>Kontingent %1 lässt für Anforderungen noch %2 von %3 Kernen; gebraucht werden %4.</translation>
    </message>
    <message>
        <source>Quota %1 leaves %2 of %3 of memory to request; %4 are asked for.</source>
        <translation>Kontingent %1 lässt für Anforderungen noch %2 von %3 Speicher; gebraucht werden %4.</translation>
    </message>
    <message>
        <source>Quota %1 leaves CPU limits of %2 of %3 cores; they add up to %4.</source>
        <translation>Kontingent %1 lässt für CPU-Limits noch %2 von %3 Kernen; zusammen sind es %4.</translation>
    </message>
    <message>
        <source>Quota %1 leaves memory limits of %2 of %3; they add up to %4.</source>
        <translation>Kontingent %1 lässt für Speicher-Limits noch %2 von %3; zusammen sind es %4.</translation>
    </message>
    <message>
        <source>Quota %1 leaves %2 of %3 pods; %4 are asked for.</source>
        <translation>Kontingent %1 lässt noch %2 von %3 Pods; gebraucht werden %4.</translation>
    </message>
    <message>
        <source>Quota %1 leaves %2 of %3 volume claims; %4 are asked for.</source>
        <translation>Kontingent %1 lässt noch %2 von %3 Volume-Claims; gebraucht werden %4.</translation>
    </message>
    <message>
        <source>Quota %1 leaves %2 of %3 of storage; %4 are asked for.</source>
        <translation>Kontingent %1 lässt noch %2 von %3 Speicherplatz; gebraucht werden %4.</translation>
    </message>
    <message>
        <source>Quota %1 asks every container for a CPU request; %2 has none.</source>
        <translation>Kontingent %1 verlangt für jeden Container eine CPU-Anforderung; %2 hat keine.</translation>
    </message>
    <message>
        <source>Quota %1 asks every container for a memory request; %2 has none.</source>
        <translation>Kontingent %1 verlangt für jeden Container eine Speicher-Anforderung; %2 hat keine.</translation>
    </message>
    <message>
        <source>Quota %1 asks every container for a CPU limit; %2 has none.</source>
        <translation>Kontingent %1 verlangt für jeden Container ein CPU-Limit; %2 hat keines.</translation>
    </message>
    <message>
        <source>Quota %1 asks every container for a memory limit; %2 has none.</source>
        <translation>Kontingent %1 verlangt für jeden Container ein Speicher-Limit; %2 hat keines.</translation>
    </message>
    <message>
        <source>This cluster is marked read-only.</source>
        <translation>Dieser Cluster ist als schreibgeschützt markiert.</translation>
    </message>
    <message>
        <source>What you may create here is being asked.</source>
        <translation>Was Sie hier erstellen dürfen, wird gerade abgefragt.</translation>
    </message>
    <message>
        <source>This server does not offer %1.</source>
        <translation>Dieser Server bietet %1 nicht an.</translation>
    </message>
    <message>
        <source>You may not create %1.</source>
        <translation>Sie dürfen %1 nicht erstellen.</translation>
    </message>
    <message>
        <source>You may not create %1: %2</source>
        <translation>Sie dürfen %1 nicht erstellen: %2</translation>
    </message>
    <message>
        <source>%1 is the Raspberry Pi with the most room: %2 cores and %3 are free.</source>
        <translation>%1 ist der Raspberry Pi mit dem meisten Platz: %2 Kerne und %3 sind frei.</translation>
    </message>
    <message>
        <source>%1 is a Raspberry Pi with %2 free cores and %3, in %4, where the Pis are least in use (%5 %).</source>
        <translation>%1 ist ein Raspberry Pi mit %2 freien Kernen und %3 in %4, wo die Pis am wenigsten belegt sind (%5 %).</translation>
    </message>
    <message>
        <source>No Raspberry Pi has room for all of it; those of %1 have together.</source>
        <translation>Kein Raspberry Pi hat Platz für alles; die von %1 haben ihn zusammen.</translation>
    </message>
    <message>
        <source>%1 is the site with the least in use that has room for it: %2 % is requested.</source>
        <translation>%1 ist der am wenigsten belegte Standort mit genug Platz: %2 % sind angefordert.</translation>
    </message>
    <message>
        <source>No place has room for all of it.</source>
        <translation>Nirgends ist Platz für alles.</translation>
    </message>
    <message>
        <source>No site has room for all of it; the cluster as a whole has.</source>
        <translation>Kein Standort hat Platz für alles; der Cluster als Ganzes schon.</translation>
    </message>
    <message>
        <source>There are no sites to choose from: the scheduler finds the node.</source>
        <translation>Es gibt keine Standorte zur Auswahl: Den Knoten findet der Scheduler.</translation>
    </message>
    <message>
        <source>There is no node %1.</source>
        <translation>Es gibt keinen Knoten %1.</translation>
    </message>
    <message>
        <source>There is no site %1.</source>
        <translation>Es gibt keinen Standort %1.</translation>
    </message>
    <message>
        <source>KDRA did not make environment %1: it adds only to its own.</source>
        <translation>Umgebung %1 stammt nicht von KDRA: Es fügt nur seinen eigenen etwas hinzu.</translation>
    </message>
    <message>
        <source>Environment %1 is being deleted.</source>
        <translation>Umgebung %1 wird gerade gelöscht.</translation>
    </message>
    <message>
        <source>Environment %1 is not complete: making or changing it has to end first.</source>
        <translation>Umgebung %1 ist nicht vollständig: Das Anlegen oder Ändern muss erst abgeschlossen sein.</translation>
    </message>
    <message>
        <source>Environment %1 is paused: resume it first.</source>
        <translation>Umgebung %1 ist angehalten: Setzen Sie sie zuerst fort.</translation>
    </message>
    <message>
        <source>%1 keeps off pods that do not tolerate %2: you are asked whether these shall.</source>
        <translation>%1 weist Pods ab, die %2 nicht tolerieren: Sie werden gefragt, ob diese es sollen.</translation>
    </message>
    <message>
        <source>%1 has no label kubernetes.io/hostname, by which pods are sent to a node.</source>
        <translation>%1 hat kein Label kubernetes.io/hostname, mit dem Pods auf einen Knoten geschickt werden.</translation>
    </message>
    <message>
        <source>%1 has too few nodes without taints: you are asked which ones the pods shall tolerate.</source>
        <translation>%1 hat zu wenige Knoten ohne Taints: Sie werden gefragt, welche die Pods tolerieren sollen.</translation>
    </message>
    <message>
        <source>Quota %1 may be too small: CPU limits will add up to %2 of its %3 cores, beside those of others.</source>
        <translation>Kontingent %1 reicht vielleicht nicht: Die CPU-Limits werden zusammen %2 seiner %3 Kerne sein, neben denen von anderen.</translation>
    </message>
    <message>
        <source>Quota %1 may be too small: memory limits will add up to %2 of its %3, beside those of others.</source>
        <translation>Kontingent %1 reicht vielleicht nicht: Die Speicher-Limits werden zusammen %2 seiner %3 sein, neben denen von anderen.</translation>
    </message>
    <message>
        <source>The server could not say what you may create here.</source>
        <translation>Der Server konnte nicht sagen, was Sie hier erstellen dürfen.</translation>
    </message>
    <message>
        <source>You may not patch %1, as applying does.</source>
        <translation>Sie dürfen %1 nicht patchen, wie es beim Anwenden geschieht.</translation>
    </message>
    <message>
        <source>You may not patch %1, as applying does: %2</source>
        <translation>Sie dürfen %1 nicht patchen, wie es beim Anwenden geschieht: %2</translation>
    </message>
</context>
<context>
    <name>kdra::environments::Readiness</name>
    <message>
        <source>Waiting until everything is ready.</source>
        <translation>Es wird gewartet, bis alles bereit ist.</translation>
    </message>
    <message>
        <source>%1 is there, but not ready after a quarter of an hour. %2</source>
        <translation>%1 ist da, aber nach einer Viertelstunde nicht bereit. %2</translation>
    </message>
    <message>
        <source>Look at what is wrong with it on the Environments page; it can be changed or deleted there.</source>
        <translation>Sehen Sie auf der Seite „Umgebungen“ nach, was nicht stimmt; dort lässt sie sich ändern oder löschen.</translation>
    </message>
    <message>
        <source>%1 is there, but it fails. %2</source>
        <translation>%1 ist da, aber gestört. %2</translation>
    </message>
    <message>
        <source>It is kept as it is: change it, or delete it, on the Environments page.</source>
        <translation>Sie bleibt, wie sie ist: Ändern oder löschen Sie sie auf der Seite „Umgebungen“.</translation>
    </message>
</context>
<context>
    <name>kdra::environments::Removal</name>
    <message>
        <source>Deleting everything of %1.</source>
        <translation>Alles von %1 wird gelöscht.</translation>
    </message>
    <message>
        <source>Deleting %1.</source>
        <translation>%1 wird gelöscht.</translation>
    </message>
    <message>
        <source>Deleting namespace %1.</source>
        <translation>Namespace %1 wird gelöscht.</translation>
    </message>
    <message>
        <source>Namespace %1 is not this environment&apos;s any more and stays.</source>
        <translation>Namespace %1 gehört nicht mehr zu dieser Umgebung und bleibt.</translation>
    </message>
    <message>
        <source>Somebody else has deleted %1 while it was being applied: nothing of it is left.</source>
        <translation>Jemand anderes hat %1 während des Anwendens gelöscht: Nichts davon ist übrig.</translation>
    </message>
    <message>
        <source>Create it again if it is still wanted.</source>
        <translation>Erstellen Sie die Umgebung noch einmal, falls sie noch gewünscht ist.</translation>
    </message>
    <message>
        <source>Somebody else has deleted %1 and made it anew while it was being applied.</source>
        <translation>Jemand anderes hat %1 während des Anwendens gelöscht und neu erstellt.</translation>
    </message>
    <message>
        <source>Look at what it is now on the Environments page.</source>
        <translation>Sehen Sie auf der Seite „Umgebungen“ nach, was jetzt da ist.</translation>
    </message>
    <message numerus="yes">
        <source>Not gone yet: %1, and %n more.</source>
        <translation>
            <numerusform>Noch nicht verschwunden: %1 und %n weiteres.</numerusform>
            <numerusform>Noch nicht verschwunden: %1 und %n weitere.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not gone yet: %1.</source>
        <translation>Noch nicht verschwunden: %1.</translation>
    </message>
    <message>
        <source>%1 on node %2</source>
        <comment>an object</comment>
        <translation>%1 auf Knoten %2</translation>
    </message>
    <message>
        <source>%1 has been made anew meanwhile, and that stays.</source>
        <translation>%1 wurde inzwischen neu erstellt, und das bleibt.</translation>
    </message>
</context>
<context>
    <name>kdra::environments::SaveAs</name>
    <message>
        <source>Image of %1</source>
        <translation>Image von %1</translation>
    </message>
    <message>
        <source>Replicas of %1</source>
        <translation>Replikate von %1</translation>
    </message>
    <message>
        <source>Size of %1</source>
        <translation>Größe von %1</translation>
    </message>
    <message>
        <source>Host instead of %1</source>
        <translation>Host statt %1</translation>
    </message>
    <message>
        <source>“%1” of the Secret %2 is left out: its content cannot be made up. Add it to the template.</source>
        <translation>„%1“ des Secrets %2 ist weggelassen: Der Inhalt lässt sich nicht erzeugen. Ergänzen Sie ihn in der Vorlage.</translation>
    </message>
    <message>
        <source>%1 of Secret %2</source>
        <comment>a key of a Secret</comment>
        <translation>%1 des Secrets %2</translation>
    </message>
    <message numerus="yes">
        <source>%n objects are left out: their controllers make them.</source>
        <comment>such as pods of a Deployment</comment>
        <translation>
            <numerusform>%n Objekt ist weggelassen: Sein Controller legt es an.</numerusform>
            <numerusform>%n Objekte sind weggelassen: Ihre Controller legen sie an.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing remains that a template could hold.</source>
        <translation>Es bleibt nichts, was eine Vorlage enthalten könnte.</translation>
    </message>
    <message>
        <source>Choose what makes the objects, such as the Deployment and not its pods.</source>
        <translation>Wählen Sie, was die Objekte anlegt, etwa das Deployment statt seiner Pods.</translation>
    </message>
    <message>
        <source>%1 is left out: the cluster makes it.</source>
        <translation>%1 ist weggelassen: Der Cluster legt es an.</translation>
    </message>
    <message>
        <source>%1 is left out: it is Helm&apos;s own.</source>
        <translation>%1 ist weggelassen: Es gehört Helm selbst.</translation>
    </message>
    <message>
        <source>%1 is left out: it is the parent of an environment.</source>
        <translation>%1 ist weggelassen: Es ist das Elternobjekt einer Umgebung.</translation>
    </message>
    <message>
        <source>%1 is left out: it is a hook of Helm, which runs at certain moments only.</source>
        <translation>%1 ist weggelassen: Es ist ein Hook von Helm, der nur zu bestimmten Zeitpunkten läuft.</translation>
    </message>
    <message>
        <source>%1 is left out: it belongs to the cluster, not to one environment.</source>
        <translation>%1 ist weggelassen: Es gehört zum Cluster, nicht zu einer einzelnen Umgebung.</translation>
    </message>
    <message>
        <source>%1 is left out: its content (%2) cannot be made up. Create it in the environment&apos;s namespace.</source>
        <translation>%1 ist weggelassen: Der Inhalt (%2) lässt sich nicht erzeugen. Legen Sie es im Namespace der Umgebung an.</translation>
    </message>
    <message>
        <source>The selected objects are in several namespaces: %1.</source>
        <translation>Die ausgewählten Objekte liegen in mehreren Namespaces: %1.</translation>
    </message>
    <message>
        <source>Select objects of one namespace: an environment has one.</source>
        <translation>Wählen Sie Objekte eines Namespace: Eine Umgebung hat nur einen.</translation>
    </message>
    <message>
        <source>Nothing is selected that a template could hold.</source>
        <translation>Nichts Ausgewähltes kann in eine Vorlage.</translation>
    </message>
    <message>
        <source>Select workloads, services or configuration.</source>
        <translation>Wählen Sie Workloads, Services oder Konfiguration.</translation>
    </message>
    <message>
        <source>%1 is left out: it cannot be read. %2</source>
        <translation>%1 ist weggelassen: Es lässt sich nicht lesen. %2</translation>
    </message>
    <message>
        <source>%1 is left out: it is gone.</source>
        <translation>%1 ist weggelassen: Es ist nicht mehr da.</translation>
    </message>
    <message>
        <source>%1 is left out: %2, which made it, is gone.</source>
        <translation>%1 ist weggelassen: %2, von dem es stammt, ist nicht mehr da.</translation>
    </message>
    <message>
        <source>%1 is left out: %2 makes it.</source>
        <translation>%1 ist weggelassen: Es stammt von %2.</translation>
    </message>
    <message numerus="yes">
        <source>%1 stands for %n selected objects that it makes.</source>
        <translation>
            <numerusform>%1 steht für %n ausgewähltes Objekt, das daraus entsteht.</numerusform>
            <numerusform>%1 steht für %n ausgewählte Objekte, die daraus entstehen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::environments::Spec</name>
    <message>
        <source>What KDRA has noted about this environment cannot be read: &quot;%1&quot; is missing or has been edited.</source>
        <translation>Was KDRA über diese Umgebung vermerkt hat, ist nicht lesbar: „%1“ fehlt oder wurde bearbeitet.</translation>
    </message>
    <message>
        <source>It can still be deleted; to change it, make it anew.</source>
        <translation>Sie lässt sich noch löschen; um sie zu ändern, legen Sie sie neu an.</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>Geben Sie ihr einen Namen.</translation>
    </message>
    <message numerus="yes">
        <source>At most %n characters: the names of pods are made from it.</source>
        <translation>
            <numerusform>Höchstens %n Zeichen: Die Namen der Pods werden daraus gebildet.</numerusform>
            <numerusform>Höchstens %n Zeichen: Die Namen der Pods werden daraus gebildet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Lower case letters, digits and &quot;-&quot; only; a letter first, no &quot;-&quot; last.</source>
        <translation>Nur Kleinbuchstaben, Ziffern und „-“; am Anfang ein Buchstabe, am Ende kein „-“.</translation>
    </message>
</context>
<context>
    <name>kdra::environments::SpecReading</name>
    <message>
        <source>The template that is kept with the environment cannot be read.</source>
        <translation>Die Vorlage, die bei der Umgebung aufbewahrt wird, ist nicht lesbar.</translation>
    </message>
    <message>
        <source>It has been edited. The environment can still be deleted.</source>
        <translation>Sie wurde bearbeitet. Die Umgebung lässt sich noch löschen.</translation>
    </message>
    <message>
        <source>What the environment was before is not known.</source>
        <translation>Was die Umgebung vorher war, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Resume the change, or delete the environment.</source>
        <translation>Setzen Sie die Änderung fort, oder löschen Sie die Umgebung.</translation>
    </message>
    <message>
        <source>What is noted there is of the environment %1 in %2, not of %3 in %4.</source>
        <translation>Was dort vermerkt ist, gehört zur Umgebung %1 in %2, nicht zu %3 in %4.</translation>
    </message>
</context>
<context>
    <name>kdra::environments::Steps</name>
    <message>
        <source>%1 Trying again.</source>
        <translation>%1 Neuer Versuch.</translation>
    </message>
</context>
<context>
    <name>kdra::environments::Template</name>
    <message>
        <source>the type “%1” is not known.</source>
        <translation>der Typ „%1“ ist nicht bekannt.</translation>
    </message>
    <message>
        <source>There are: %1.</source>
        <translation>Es gibt: %1.</translation>
    </message>
    <message>
        <source>a parameter of this type does not have this.</source>
        <translation>ein Parameter dieses Typs hat dieses Feld nicht.</translation>
    </message>
    <message>
        <source>“%1” is no value of this type.</source>
        <translation>„%1“ ist kein Wert dieses Typs.</translation>
    </message>
    <message>
        <source>Parameter “%1”</source>
        <translation>Parameter „%1“</translation>
    </message>
    <message>
        <source>A parameter without a name</source>
        <translation>Ein Parameter ohne Namen</translation>
    </message>
    <message>
        <source>a name is made of letters and digits, the first one a small letter.</source>
        <translation>ein Name besteht aus Buchstaben und Ziffern und beginnt mit einem Kleinbuchstaben.</translation>
    </message>
    <message>
        <source>this is not a regular expression: %1.</source>
        <translation>das ist kein regulärer Ausdruck: %1.</translation>
    </message>
    <message>
        <source>this is less than the minimum.</source>
        <translation>das ist weniger als das Minimum.</translation>
    </message>
    <message>
        <source>this is missing.</source>
        <translation>das fehlt.</translation>
    </message>
    <message>
        <source>a secret has 8 to 256 characters.</source>
        <translation>ein Geheimnis hat 8 bis 256 Zeichen.</translation>
    </message>
    <message>
        <source>“${%1” is not a placeholder. Write ${name}, or $${ where ${ itself is meant.</source>
        <translation>„${%1“ ist kein Platzhalter. Schreiben Sie ${name}, oder $${, wo ${ selbst gemeint ist.</translation>
    </message>
    <message>
        <source>“%1” cannot be the name of an environment.</source>
        <translation>„%1“ kann nicht der Name einer Umgebung sein.</translation>
    </message>
    <message>
        <source>“%1” cannot be the name of a namespace.</source>
        <translation>„%1“ kann nicht der Name eines Namespace sein.</translation>
    </message>
    <message>
        <source>“%1” cannot be a host name.</source>
        <translation>„%1“ kann kein Hostname sein.</translation>
    </message>
    <message>
        <source>“%1” cannot be the name of an owner.</source>
        <translation>„%1“ kann nicht der Name eines Besitzers sein.</translation>
    </message>
    <message>
        <source>The object has no %1.</source>
        <translation>Dem Objekt fehlt %1.</translation>
    </message>
    <message>
        <source>A placeholder may not stand in %1.</source>
        <translation>In %1 darf kein Platzhalter stehen.</translation>
    </message>
    <message>
        <source>The object has no name.</source>
        <translation>Das Objekt hat keinen Namen.</translation>
    </message>
    <message>
        <source>Give it metadata.name, such as ${environment.name}-web.</source>
        <translation>Geben Sie ihm metadata.name, zum Beispiel ${environment.name}-web.</translation>
    </message>
    <message>
        <source>“%1” cannot be the name of an object.</source>
        <translation>„%1“ kann nicht der Name eines Objekts sein.</translation>
    </message>
    <message>
        <source>A template may not contain a Namespace.</source>
        <translation>Eine Vorlage darf keinen Namespace enthalten.</translation>
    </message>
    <message>
        <source>Leave it out: an environment brings its own namespace.</source>
        <translation>Lassen Sie ihn weg: Eine Umgebung bringt ihren eigenen Namespace mit.</translation>
    </message>
    <message>
        <source>A template may not contain a List.</source>
        <translation>Eine Vorlage darf keine List enthalten.</translation>
    </message>
    <message>
        <source>Write its items as documents of their own, with --- between them.</source>
        <translation>Schreiben Sie die Einträge als eigene Dokumente, mit --- dazwischen.</translation>
    </message>
    <message>
        <source>There are two objects %1; the other one is at %2.</source>
        <translation>Es gibt zwei Objekte %1; das andere steht bei %2.</translation>
    </message>
    <message>
        <source>Give one of them another name.</source>
        <translation>Geben Sie einem davon einen anderen Namen.</translation>
    </message>
    <message numerus="yes">
        <source>The template has more than %n objects.</source>
        <translation>
            <numerusform>Die Vorlage hat mehr als %n Objekt.</numerusform>
            <numerusform>Die Vorlage hat mehr als %n Objekte.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is outside of namespaces, and the template does not declare it.</source>
        <translation>%1 liegt außerhalb von Namespaces, und die Vorlage deklariert es nicht.</translation>
    </message>
    <message>
        <source>Add it to needs.clusterScoped in template.yaml, or leave the object out.</source>
        <translation>Ergänzen Sie es unter needs.clusterScoped in template.yaml oder lassen Sie das Objekt weg.</translation>
    </message>
    <message>
        <source>%1 is outside of namespaces, but the object names one.</source>
        <translation>%1 liegt außerhalb von Namespaces, aber das Objekt nennt einen.</translation>
    </message>
    <message>
        <source>Leave metadata.namespace out.</source>
        <translation>Lassen Sie metadata.namespace weg.</translation>
    </message>
    <message>
        <source>The object is for the namespace “%1”; a template may only touch that of its environment.</source>
        <translation>Das Objekt ist für den Namespace „%1“; eine Vorlage darf nur den ihrer Umgebung berühren.</translation>
    </message>
    <message>
        <source>The document is not a Kubernetes object.</source>
        <translation>Das Dokument ist kein Kubernetes-Objekt.</translation>
    </message>
    <message>
        <source>Use lower case letters, digits and “-”.</source>
        <translation>Verwenden Sie Kleinbuchstaben, Ziffern und „-“.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a parameter&apos;s title, and what is wrong with its value</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Give “%1” another value.</source>
        <translation>Geben Sie „%1“ einen anderen Wert.</translation>
    </message>
    <message>
        <source>Correct the template.</source>
        <translation>Berichtigen Sie die Vorlage.</translation>
    </message>
    <message>
        <source>The template becomes too large with these values.</source>
        <translation>Die Vorlage wird mit diesen Werten zu groß.</translation>
    </message>
    <message>
        <source>Make a list or a text shorter.</source>
        <translation>Kürzen Sie eine Liste oder einen Text.</translation>
    </message>
    <message>
        <source>The parameter “%1” has no value.</source>
        <translation>Der Parameter „%1“ hat keinen Wert.</translation>
    </message>
    <message>
        <source>Give it one.</source>
        <translation>Geben Sie ihm einen.</translation>
    </message>
    <message>
        <source>There is no parameter “%1”.</source>
        <translation>Es gibt keinen Parameter „%1“.</translation>
    </message>
    <message>
        <source>Declare it in template.yaml, or write $${ where ${ itself is meant.</source>
        <translation>Deklarieren Sie ihn in template.yaml oder schreiben Sie $${, wo ${ selbst gemeint ist.</translation>
    </message>
    <message>
        <source>$forEach takes one list and the name of its element.</source>
        <translation>$forEach nimmt eine Liste und den Namen ihres Elements.</translation>
    </message>
    <message>
        <source>Write it as $forEach: {hosts: host}.</source>
        <translation>Schreiben Sie es als $forEach: {hosts: host}.</translation>
    </message>
    <message>
        <source>$forEach: “%1” is not a list.</source>
        <translation>$forEach: „%1“ ist keine Liste.</translation>
    </message>
    <message>
        <source>$forEach: “%1” cannot be the name of an element.</source>
        <translation>$forEach: „%1“ kann nicht der Name eines Elements sein.</translation>
    </message>
    <message>
        <source>Choose a name of letters and digits that nothing else has.</source>
        <translation>Wählen Sie einen Namen aus Buchstaben und Ziffern, den sonst nichts hat.</translation>
    </message>
    <message>
        <source>$when takes the name of a parameter.</source>
        <translation>$when nimmt den Namen eines Parameters.</translation>
    </message>
    <message>
        <source>Write it as $when: metrics, &quot;!metrics&quot;, &quot;size == large&quot; or &quot;size != large&quot;.</source>
        <translation>Schreiben Sie es als $when: metrics, &quot;!metrics&quot;, &quot;size == large&quot; oder &quot;size != large&quot;.</translation>
    </message>
    <message>
        <source>A secret cannot be compared.</source>
        <translation>Ein Geheimnis lässt sich nicht vergleichen.</translation>
    </message>
    <message>
        <source>A placeholder may not stand in a key (“%1”).</source>
        <translation>In einem Schlüssel („%1“) darf kein Platzhalter stehen.</translation>
    </message>
    <message>
        <source>Only values can be parameters; write $${ where ${ itself is meant.</source>
        <translation>Nur Werte können Parameter sein; schreiben Sie $${, wo ${ selbst gemeint ist.</translation>
    </message>
    <message>
        <source>“%1” is not known: there are $when and $forEach.</source>
        <translation>„%1“ ist nicht bekannt: Es gibt $when und $forEach.</translation>
    </message>
    <message>
        <source>Write a second $ in front of it where the key itself is meant.</source>
        <translation>Schreiben Sie ein zweites $ davor, wo der Schlüssel selbst gemeint ist.</translation>
    </message>
    <message>
        <source>$forEach can stand in an object or in an item of a list only.</source>
        <translation>$forEach kann nur in einem Objekt oder im Eintrag einer Liste stehen.</translation>
    </message>
    <message>
        <source>The key “%1” stands there twice.</source>
        <translation>Der Schlüssel „%1“ steht dort doppelt.</translation>
    </message>
    <message>
        <source>The tag “%1” is not known.</source>
        <translation>Das Tag „%1“ ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Write the value in quotes.</source>
        <translation>Setzen Sie den Wert in Anführungszeichen.</translation>
    </message>
    <message>
        <source>The secret “%1” may stand in the stringData of a Secret only.</source>
        <translation>Das Geheimnis „%1“ darf nur in stringData eines Secrets stehen.</translation>
    </message>
    <message>
        <source>Put it into a Secret, and let the pods refer to that.</source>
        <translation>Legen Sie es in ein Secret und lassen Sie die Pods darauf verweisen.</translation>
    </message>
    <message numerus="yes">
        <source>The template has more than %n files.</source>
        <translation>
            <numerusform>Die Vorlage hat mehr als %n Datei.</numerusform>
            <numerusform>Die Vorlage hat mehr als %n Dateien.</numerusform>
        </translation>
    </message>
    <message>
        <source>Put several objects into one file.</source>
        <translation>Fassen Sie mehrere Objekte in einer Datei zusammen.</translation>
    </message>
    <message>
        <source>The file “%1” is outside of the template&apos;s folder.</source>
        <translation>Die Datei „%1“ liegt außerhalb des Ordners der Vorlage.</translation>
    </message>
    <message>
        <source>Do not use this template: it may have been made to read or write other files.</source>
        <translation>Verwenden Sie diese Vorlage nicht: Sie könnte dazu gemacht sein, andere Dateien zu lesen oder zu schreiben.</translation>
    </message>
    <message>
        <source>A template has no file “%1”.</source>
        <translation>Eine Vorlage hat keine Datei „%1“.</translation>
    </message>
    <message>
        <source>There are template.yaml and manifests/*.yaml, named with letters, digits, “-”, “_” and “.”.</source>
        <translation>Es gibt template.yaml und manifests/*.yaml, benannt mit Buchstaben, Ziffern, „-“, „_“ und „.“.</translation>
    </message>
    <message>
        <source>The file “%1” is there twice.</source>
        <translation>Die Datei „%1“ ist doppelt vorhanden.</translation>
    </message>
    <message>
        <source>Remove one of them.</source>
        <translation>Entfernen Sie eine davon.</translation>
    </message>
    <message>
        <source>The template is larger than %1.</source>
        <translation>Die Vorlage ist größer als %1.</translation>
    </message>
    <message>
        <source>Make it smaller; a ConfigMap has to hold it.</source>
        <translation>Verkleinern Sie sie; sie muss in eine ConfigMap passen.</translation>
    </message>
    <message>
        <source>packed template</source>
        <translation>gepackte Vorlage</translation>
    </message>
    <message>
        <source>Use the template from where it came.</source>
        <translation>Verwenden Sie die Vorlage von dort, woher sie stammt.</translation>
    </message>
    <message>
        <source>The packed template is damaged.</source>
        <translation>Die gepackte Vorlage ist beschädigt.</translation>
    </message>
    <message>
        <source>“%1” is a link to nowhere.</source>
        <translation>„%1“ ist ein Link ins Leere.</translation>
    </message>
    <message>
        <source>“%1” is a link out of the template&apos;s folder.</source>
        <translation>„%1“ ist ein Link aus dem Ordner der Vorlage hinaus.</translation>
    </message>
    <message>
        <source>Replace the link by the file.</source>
        <translation>Ersetzen Sie den Link durch die Datei.</translation>
    </message>
    <message>
        <source>“%1” is not a file.</source>
        <translation>„%1“ ist keine Datei.</translation>
    </message>
    <message>
        <source>Remove it.</source>
        <translation>Entfernen Sie es.</translation>
    </message>
    <message>
        <source>“%1” cannot be read: %2.</source>
        <translation>„%1“ ist nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>Correct the rights of the file.</source>
        <translation>Berichtigen Sie die Rechte der Datei.</translation>
    </message>
    <message>
        <source>The folder of the template is not there.</source>
        <translation>Der Ordner der Vorlage ist nicht da.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The template has no template.yaml.</source>
        <translation>Die Vorlage hat keine template.yaml.</translation>
    </message>
    <message>
        <source>Add the file; it says what the template is called and which parameters it has.</source>
        <translation>Ergänzen Sie die Datei; sie sagt, wie die Vorlage heißt und welche Parameter sie hat.</translation>
    </message>
    <message>
        <source>What the template needs</source>
        <translation>Was die Vorlage braucht</translation>
    </message>
    <message>
        <source>“%1” is not known.</source>
        <translation>„%1“ ist nicht bekannt.</translation>
    </message>
    <message>
        <source>“%1” is not a kind.</source>
        <translation>„%1“ ist keine Art.</translation>
    </message>
    <message>
        <source>Write it as ClusterRole.rbac.authorization.k8s.io.</source>
        <translation>Schreiben Sie es wie ClusterRole.rbac.authorization.k8s.io.</translation>
    </message>
    <message numerus="yes">
        <source>The parameters have to be a list of at most %n.</source>
        <translation>
            <numerusform>Die Parameter müssen eine Liste mit höchstens %n Eintrag sein.</numerusform>
            <numerusform>Die Parameter müssen eine Liste mit höchstens %n Einträgen sein.</numerusform>
        </translation>
    </message>
    <message>
        <source>There are two parameters “%1”.</source>
        <translation>Es gibt zwei Parameter „%1“.</translation>
    </message>
    <message>
        <source>Translation “%1”</source>
        <translation>Übersetzung „%1“</translation>
    </message>
    <message>
        <source>this has to be a mapping.</source>
        <translation>das muss ein Mapping sein.</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Write kdra.dev/v1, or use the version of KDRA that this template is made for.</source>
        <translation>Schreiben Sie kdra.dev/v1 oder verwenden Sie die Version von KDRA, für die diese Vorlage gemacht ist.</translation>
    </message>
    <message>
        <source>Write EnvironmentTemplate.</source>
        <translation>Schreiben Sie EnvironmentTemplate.</translation>
    </message>
    <message>
        <source>a name is made of small letters, digits and “-”.</source>
        <translation>ein Name besteht aus Kleinbuchstaben, Ziffern und „-“.</translation>
    </message>
    <message>
        <source>The template has no manifests.</source>
        <translation>Die Vorlage hat keine Manifeste.</translation>
    </message>
    <message>
        <source>Add Kubernetes objects as manifests/*.yaml.</source>
        <translation>Ergänzen Sie Kubernetes-Objekte als manifests/*.yaml.</translation>
    </message>
    <message>
        <source>template.yaml has to be one YAML document.</source>
        <translation>template.yaml muss ein einziges YAML-Dokument sein.</translation>
    </message>
    <message>
        <source>Put objects into manifests/*.yaml.</source>
        <translation>Legen Sie Objekte in manifests/*.yaml ab.</translation>
    </message>
    <message>
        <source>%1: this has to be a mapping.</source>
        <translation>%1: Das muss ein Mapping sein.</translation>
    </message>
    <message>
        <source>%1: the field “%2” is not known.</source>
        <translation>%1: Das Feld „%2“ ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Check how it is written, or leave it out.</source>
        <translation>Prüfen Sie die Schreibweise oder lassen Sie es weg.</translation>
    </message>
    <message>
        <source>this has to be text.</source>
        <translation>das muss Text sein.</translation>
    </message>
    <message numerus="yes">
        <source>this is longer than %n characters.</source>
        <translation>
            <numerusform>das ist länger als %n Zeichen.</numerusform>
            <numerusform>das ist länger als %n Zeichen.</numerusform>
        </translation>
    </message>
    <message>
        <source>this has to be true or false.</source>
        <translation>das muss true oder false sein.</translation>
    </message>
    <message numerus="yes">
        <source>this has to be a list of at most %n texts.</source>
        <translation>
            <numerusform>das muss eine Liste mit höchstens %n Text sein.</numerusform>
            <numerusform>das muss eine Liste mit höchstens %n Texten sein.</numerusform>
        </translation>
    </message>
    <message>
        <source>each element has to be text.</source>
        <translation>jedes Element muss Text sein.</translation>
    </message>
    <message>
        <source>An alias stands inside of what it repeats.</source>
        <translation>Ein Alias steht innerhalb dessen, was er wiederholt.</translation>
    </message>
    <message>
        <source>The file holds too much once its aliases are resolved.</source>
        <translation>Die Datei enthält zu viel, sobald ihre Aliase aufgelöst sind.</translation>
    </message>
    <message numerus="yes">
        <source>The YAML is nested more than %n levels deep.</source>
        <translation>
            <numerusform>Das YAML ist mehr als %n Ebene tief verschachtelt.</numerusform>
            <numerusform>Das YAML ist mehr als %n Ebenen tief verschachtelt.</numerusform>
        </translation>
    </message>
    <message>
        <source>A key must be a scalar.</source>
        <translation>Ein Schlüssel muss ein Skalar sein.</translation>
    </message>
    <message>
        <source>The key “%1” is a number. Write it in quotes.</source>
        <translation>Der Schlüssel „%1“ ist eine Zahl. Setzen Sie ihn in Anführungszeichen.</translation>
    </message>
    <message>
        <source>A key is empty. Write it in quotes if it is meant.</source>
        <translation>Ein Schlüssel ist leer. Setzen Sie ihn in Anführungszeichen, wenn das gewollt ist.</translation>
    </message>
    <message>
        <source>A merge key (&lt;&lt;) takes mappings.</source>
        <translation>Ein Merge-Schlüssel (&lt;&lt;) nimmt Mappings.</translation>
    </message>
    <message>
        <source>Correct the file.</source>
        <translation>Berichtigen Sie die Datei.</translation>
    </message>
    <message>
        <source>The file is not UTF-8 text.</source>
        <translation>Die Datei ist kein UTF-8-Text.</translation>
    </message>
    <message>
        <source>The file has control characters.</source>
        <translation>Die Datei enthält Steuerzeichen.</translation>
    </message>
    <message>
        <source>The file is not valid YAML: %1.</source>
        <translation>Die Datei ist kein gültiges YAML: %1.</translation>
    </message>
    <message>
        <source>Correct the file. Between { } or [ ] a ${placeholder} has to be in quotes.</source>
        <translation>Berichtigen Sie die Datei. Zwischen { } oder [ ] muss ein ${platzhalter} in Anführungszeichen stehen.</translation>
    </message>
    <message>
        <source>A template may not set metadata.%1.</source>
        <translation>Eine Vorlage darf metadata.%1 nicht setzen.</translation>
    </message>
    <message>
        <source>Leave it out: nobody could delete the object, or others would.</source>
        <translation>Lassen Sie es weg: Niemand könnte das Objekt löschen, oder andere täten es.</translation>
    </message>
    <message>
        <source>A template may not set %1.</source>
        <translation>Eine Vorlage darf %1 nicht setzen.</translation>
    </message>
    <message>
        <source>Leave it out: it says whose the object is, and KDRA sets it.</source>
        <translation>Lassen Sie es weg: Es sagt, wem das Objekt gehört, und wird von KDRA gesetzt.</translation>
    </message>
    <message>
        <source>A template may not set nodeName, which passes by the scheduler.</source>
        <translation>Eine Vorlage darf nodeName nicht setzen: Das geht am Scheduler vorbei.</translation>
    </message>
    <message>
        <source>Leave it out, and choose the node as the placement; or write a nodeSelector.</source>
        <translation>Lassen Sie es weg und wählen Sie den Knoten als Ort; oder schreiben Sie einen nodeSelector.</translation>
    </message>
</context>
<context>
    <name>kdra::environments::TemplateLibrary</name>
    <message>
        <source>There are two templates with the name “%1”.</source>
        <translation>Es gibt zwei Vorlagen mit dem Namen „%1“.</translation>
    </message>
    <message>
        <source>Give one of them another name.</source>
        <translation>Geben Sie einer von ihnen einen anderen Namen.</translation>
    </message>
    <message numerus="yes">
        <source>There are more than %n templates; the others are left out.</source>
        <translation>
            <numerusform>Es gibt mehr als %n Vorlage; die übrigen sind weggelassen.</numerusform>
            <numerusform>Es gibt mehr als %n Vorlagen; die übrigen sind weggelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove those that nobody needs.</source>
        <translation>Entfernen Sie die, die niemand braucht.</translation>
    </message>
</context>
<context>
    <name>kdra::kube::AccessReview</name>
    <message>
        <source>The server&apos;s answer about your permissions cannot be read.</source>
        <translation>Die Antwort des Servers über Ihre Rechte ist nicht lesbar.</translation>
    </message>
</context>
<context>
    <name>kdra::kube::ApiClient</name>
    <message numerus="yes">
        <source>The server did not answer within %n second(s).</source>
        <translation>
            <numerusform>Der Server hat innerhalb von %n Sekunde nicht geantwortet.</numerusform>
            <numerusform>Der Server hat innerhalb von %n Sekunden nicht geantwortet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Check your network, and whether the cluster is overloaded; then try again.</source>
        <translation>Prüfen Sie Ihr Netz und ob der Cluster überlastet ist; versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>A web page came back instead of an answer of the Kubernetes API.</source>
        <translation>Statt einer Antwort der Kubernetes-API kam eine Webseite.</translation>
    </message>
    <message>
        <source>Check that the address is the API server&apos;s, and whether a proxy or a sign-in page sits in between.</source>
        <translation>Prüfen Sie, ob die Adresse die des API-Servers ist und ob ein Proxy oder eine Anmeldeseite dazwischensteht.</translation>
    </message>
</context>
<context>
    <name>kdra::kube::ApiError</name>
    <message>
        <source>Sign in again, or fetch a new kubeconfig.</source>
        <translation>Melden Sie sich erneut an oder holen Sie eine neue Kubeconfig.</translation>
    </message>
    <message>
        <source>Ask the cluster&apos;s administrator for the permission, or use another context.</source>
        <translation>Bitten Sie die Verwaltung des Clusters um das Recht oder nehmen Sie einen anderen Kontext.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Look at the newest state, then try again.</source>
        <translation>Sehen Sie sich den neuesten Stand an und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The list is read again.</source>
        <translation>Die Liste wird neu gelesen.</translation>
    </message>
    <message>
        <source>The server is busy; try again in a moment.</source>
        <translation>Der Server ist beschäftigt; versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The API server or a proxy before it is not ready; try again in a moment.</source>
        <translation>Der API-Server oder ein Proxy davor ist nicht bereit; versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The server does not speak TLS at this port.</source>
        <translation>Der Server spricht an diesem Port kein TLS.</translation>
    </message>
    <message>
        <source>Check the port; if the server really is unencrypted, write http:// instead of https://.</source>
        <translation>Prüfen Sie den Port; ist der Server wirklich unverschlüsselt, schreiben Sie http:// statt https://.</translation>
    </message>
    <message>
        <source>The server refused your client certificate because it has expired.</source>
        <translation>Der Server hat Ihr Client-Zertifikat abgelehnt, weil es abgelaufen ist.</translation>
    </message>
    <message>
        <source>Fetch a new kubeconfig, or renew the certificate.</source>
        <translation>Holen Sie eine neue Kubeconfig oder erneuern Sie das Zertifikat.</translation>
    </message>
    <message>
        <source>The server demands a client certificate.</source>
        <translation>Der Server verlangt ein Client-Zertifikat.</translation>
    </message>
    <message>
        <source>Add client-certificate and client-key to the user&apos;s entry in the kubeconfig.</source>
        <translation>Ergänzen Sie client-certificate und client-key im Eintrag des Benutzers in der Kubeconfig.</translation>
    </message>
    <message>
        <source>The server refused your client certificate: it does not know who issued it.</source>
        <translation>Der Server hat Ihr Client-Zertifikat abgelehnt: Er kennt den Aussteller nicht.</translation>
    </message>
    <message>
        <source>Fetch a new kubeconfig for this cluster.</source>
        <translation>Holen Sie eine neue Kubeconfig für diesen Cluster.</translation>
    </message>
    <message>
        <source>No encrypted connection to the server could be made: %1.</source>
        <translation>Es kam keine verschlüsselte Verbindung zum Server zustande: %1.</translation>
    </message>
    <message>
        <source>Check the address and the port, and whether a proxy or firewall sits in between.</source>
        <translation>Prüfen Sie Adresse und Port und ob ein Proxy oder eine Firewall dazwischensteht.</translation>
    </message>
    <message>
        <source>The server does not accept your credentials.</source>
        <translation>Der Server nimmt Ihre Zugangsdaten nicht an.</translation>
    </message>
    <message>
        <source>The server forbids this.</source>
        <translation>Der Server verbietet das.</translation>
    </message>
    <message>
        <source>The server forbids this: %1.</source>
        <translation>Der Server verbietet das: %1.</translation>
    </message>
    <message>
        <source>The server answered with the HTTP status %1.</source>
        <translation>Der Server hat mit dem HTTP-Status %1 geantwortet.</translation>
    </message>
    <message>
        <source>The server answered with the HTTP status %1: %2.</source>
        <translation>Der Server hat mit dem HTTP-Status %1 geantwortet: %2.</translation>
    </message>
    <message>
        <source>The server expects an encrypted connection.</source>
        <translation>Der Server erwartet eine verschlüsselte Verbindung.</translation>
    </message>
    <message>
        <source>Write https:// instead of http:// in the cluster&apos;s address.</source>
        <translation>Schreiben Sie in der Adresse des Clusters https:// statt http://.</translation>
    </message>
    <message>
        <source>The request was cancelled.</source>
        <translation>Die Anfrage wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Nothing answers at %1, port %2: the connection was refused.</source>
        <translation>Unter %1, Port %2 antwortet nichts: Die Verbindung wurde abgelehnt.</translation>
    </message>
    <message>
        <source>Check that the cluster runs and that address and port are right.</source>
        <translation>Prüfen Sie, ob der Cluster läuft und ob Adresse und Port stimmen.</translation>
    </message>
    <message>
        <source>The name %1 is not known.</source>
        <translation>Der Name %1 ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Check the spelling, your network, and whether a VPN is needed.</source>
        <translation>Prüfen Sie die Schreibweise, Ihr Netz und ob ein VPN nötig ist.</translation>
    </message>
    <message>
        <source>The server at %1, port %2 did not answer in time.</source>
        <translation>Der Server unter %1, Port %2 hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>Check your network, and whether a VPN or a proxy is needed.</source>
        <translation>Prüfen Sie Ihr Netz und ob ein VPN oder ein Proxy nötig ist.</translation>
    </message>
    <message>
        <source>The server closed the connection before it had answered.</source>
        <translation>Der Server hat die Verbindung geschlossen, bevor er geantwortet hat.</translation>
    </message>
    <message>
        <source>Check that the address names a Kubernetes API server; then try again.</source>
        <translation>Prüfen Sie, ob die Adresse einen Kubernetes-API-Server nennt; versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>The proxy on the way to %1 cannot be used: %2.</source>
        <translation>Der Proxy auf dem Weg zu %1 ist nicht benutzbar: %2.</translation>
    </message>
    <message>
        <source>Check proxy-url in the kubeconfig, or HTTPS_PROXY and NO_PROXY in the environment.</source>
        <translation>Prüfen Sie proxy-url in der Kubeconfig oder HTTPS_PROXY und NO_PROXY in der Umgebung.</translation>
    </message>
    <message>
        <source>The proxy on the way to %1 wants a user name and password.</source>
        <translation>Der Proxy auf dem Weg zu %1 verlangt Benutzername und Passwort.</translation>
    </message>
    <message>
        <source>Write them into the proxy&apos;s address: http://user:password@host:port.</source>
        <translation>Schreiben Sie beides in die Adresse des Proxys: http://user:password@host:port.</translation>
    </message>
    <message>
        <source>The request failed: %1.</source>
        <translation>Die Anfrage ist fehlgeschlagen: %1.</translation>
    </message>
    <message>
        <source>Check your network and the server&apos;s address.</source>
        <translation>Prüfen Sie Ihr Netz und die Adresse des Servers.</translation>
    </message>
    <message>
        <source>Check that the address names a Kubernetes API server, and whether it demands a client certificate.</source>
        <translation>Prüfen Sie, ob die Adresse einen Kubernetes-API-Server nennt und ob er ein Client-Zertifikat verlangt.</translation>
    </message>
</context>
<context>
    <name>kdra::kube::ClusterMarks</name>
    <message>
        <source>The file of the clusters&apos; marks is damaged.</source>
        <translation>Die Datei der Cluster-Markierungen ist beschädigt.</translation>
    </message>
    <message>
        <source>The file of the clusters&apos; marks cannot be written or read.</source>
        <translation>Die Datei der Cluster-Markierungen ist nicht schreib- oder lesbar.</translation>
    </message>
    <message>
        <source>Check the file&apos;s permissions and the free disk space; a damaged file can be moved away.</source>
        <translation>Prüfen Sie die Rechte der Datei und den freien Platz; eine beschädigte Datei kann weggeschoben werden.</translation>
    </message>
    <message>
        <source>Production, read-only</source>
        <translation>Produktion, schreibgeschützt</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Schreibgeschützt</translation>
    </message>
</context>
<context>
    <name>kdra::kube::ConnectionStore</name>
    <message>
        <source>The file of saved connections is damaged.</source>
        <translation>Die Datei der gespeicherten Verbindungen ist beschädigt.</translation>
    </message>
    <message>
        <source>The file of saved connections cannot be written or read.</source>
        <translation>Die Datei der gespeicherten Verbindungen ist nicht schreib- oder lesbar.</translation>
    </message>
    <message>
        <source>Check the file&apos;s permissions and the free disk space; a damaged file can be moved away.</source>
        <translation>Prüfen Sie die Rechte der Datei und den freien Platz; eine beschädigte Datei kann weggeschoben werden.</translation>
    </message>
    <message>
        <source>This is not the address of an API server.</source>
        <translation>Das ist nicht die Adresse eines API-Servers.</translation>
    </message>
    <message>
        <source>Write it as https://host:port.</source>
        <translation>Schreiben Sie sie als https://host:port.</translation>
    </message>
    <message>
        <source>The token is missing.</source>
        <translation>Das Token fehlt.</translation>
    </message>
    <message>
        <source>Paste a token, for example from “kubectl create token NAME”.</source>
        <translation>Fügen Sie ein Token ein, zum Beispiel aus „kubectl create token NAME“.</translation>
    </message>
    <message>
        <source>A token must not travel over an unencrypted connection.</source>
        <translation>Ein Token darf nicht über eine unverschlüsselte Verbindung gehen.</translation>
    </message>
    <message>
        <source>Use the server&apos;s https:// address.</source>
        <translation>Nehmen Sie die https://-Adresse des Servers.</translation>
    </message>
    <message>
        <source>This connection is no longer saved.</source>
        <translation>Diese Verbindung ist nicht mehr gespeichert.</translation>
    </message>
    <message>
        <source>The keychain no longer holds the token of “%1”.</source>
        <translation>Der Schlüsselbund enthält das Token von „%1“ nicht mehr.</translation>
    </message>
    <message>
        <source>Enter the token again.</source>
        <translation>Geben Sie das Token erneut ein.</translation>
    </message>
</context>
<context>
    <name>kdra::kube::Credentials</name>
    <message>
        <source>The token contains a line break or a control character.</source>
        <translation>Das Token enthält einen Zeilenumbruch oder ein Steuerzeichen.</translation>
    </message>
    <message>
        <source>Copy the token again, in one line.</source>
        <translation>Kopieren Sie das Token erneut, in einer Zeile.</translation>
    </message>
    <message>
        <source>user %1, %2</source>
        <translation>Benutzer %1, %2</translation>
    </message>
    <message>
        <source>The token file is empty.</source>
        <translation>Die Token-Datei ist leer.</translation>
    </message>
    <message>
        <source>The token file cannot be read: %1.</source>
        <translation>Die Token-Datei ist nicht lesbar: %1.</translation>
    </message>
    <message>
        <source>Check the file that the kubeconfig names as tokenFile.</source>
        <translation>Prüfen Sie die Datei, die die Kubeconfig als tokenFile nennt.</translation>
    </message>
    <message>
        <source>Your client certificate expired on %1.</source>
        <translation>Ihr Client-Zertifikat ist am %1 abgelaufen.</translation>
    </message>
    <message>
        <source>Fetch a new kubeconfig, or renew the certificate.</source>
        <translation>Holen Sie eine neue Kubeconfig oder erneuern Sie das Zertifikat.</translation>
    </message>
    <message>
        <source>Your client certificate is valid only from %1 on.</source>
        <translation>Ihr Client-Zertifikat gilt erst ab %1.</translation>
    </message>
    <message>
        <source>Check this computer&apos;s clock.</source>
        <translation>Prüfen Sie die Uhr dieses Rechners.</translation>
    </message>
    <message>
        <source>The plugin “%1” gave credentials that the server does not accept: sign in with it again.</source>
        <translation>Das Plugin „%1“ hat Zugangsdaten geliefert, die der Server nicht annimmt: Melden Sie sich damit erneut an.</translation>
    </message>
    <message>
        <source>Sign in again with the tool that wrote this kubeconfig.</source>
        <translation>Melden Sie sich mit dem Werkzeug erneut an, das diese Kubeconfig geschrieben hat.</translation>
    </message>
    <message>
        <source>The token in %1 is not valid here, or no longer: renew it.</source>
        <translation>Das Token in %1 gilt hier nicht oder nicht mehr: Erneuern Sie es.</translation>
    </message>
    <message>
        <source>The token or password of user “%1” is not valid here, or no longer: fetch a new kubeconfig.</source>
        <translation>Token oder Passwort des Benutzers „%1“ gilt hier nicht oder nicht mehr: Holen Sie eine neue Kubeconfig.</translation>
    </message>
    <message>
        <source>The server does not know the authority that issued your client certificate: fetch a new kubeconfig.</source>
        <translation>Der Server kennt die Stelle nicht, die Ihr Client-Zertifikat ausgestellt hat: Holen Sie eine neue Kubeconfig.</translation>
    </message>
    <message>
        <source>The user “%1” of the kubeconfig has no credentials: add a token, a certificate or a plugin.</source>
        <translation>Der Benutzer „%1“ der Kubeconfig hat keine Zugangsdaten: Ergänzen Sie ein Token, ein Zertifikat oder ein Plugin.</translation>
    </message>
</context>
<context>
    <name>kdra::kube::Discovery</name>
    <message>
        <source>Check that the address in the kubeconfig is the one of a Kubernetes API server.</source>
        <translation>Prüfen Sie, ob die Adresse in der Kubeconfig die eines Kubernetes-API-Servers ist.</translation>
    </message>
    <message>
        <source>The server does not say its version.</source>
        <translation>Der Server nennt seine Version nicht.</translation>
    </message>
    <message>
        <source>The answer is not a list of Kubernetes APIs.</source>
        <translation>Die Antwort ist keine Liste von Kubernetes-APIs.</translation>
    </message>
    <message>
        <source>The API %1/%2 does not answer the API server; what is known of it may be old.</source>
        <translation>Die API %1/%2 antwortet dem API-Server nicht; was von ihr bekannt ist, kann alt sein.</translation>
    </message>
    <message>
        <source>The answer is not a list of resources.</source>
        <translation>Die Antwort ist keine Liste von Ressourcen.</translation>
    </message>
    <message>
        <source>The server serves no APIs.</source>
        <translation>Der Server bietet keine APIs an.</translation>
    </message>
    <message>
        <source>The server does not serve the kind %1.</source>
        <translation>Der Server bietet die Art %1 nicht an.</translation>
    </message>
</context>
<context>
    <name>kdra::kube::ExecPlugin</name>
    <message>
        <source>It said: %1</source>
        <translation>Es sagte: %1</translation>
    </message>
    <message>
        <source>The exec plugin&apos;s apiVersion “%1” is not supported.</source>
        <translation>Die apiVersion „%1“ des Exec-Plugins wird nicht unterstützt.</translation>
    </message>
    <message>
        <source>Let the tool that wrote the kubeconfig write it anew, with client.authentication.k8s.io/v1 or v1beta1.</source>
        <translation>Lassen Sie die Kubeconfig neu schreiben, mit client.authentication.k8s.io/v1 oder v1beta1.</translation>
    </message>
    <message>
        <source>The exec plugin works in a terminal only (interactiveMode: Always).</source>
        <translation>Das Exec-Plugin arbeitet nur in einem Terminal (interactiveMode: Always).</translation>
    </message>
    <message>
        <source>Sign in with it in a terminal first and set interactiveMode to IfAvailable, or use a token.</source>
        <translation>Melden Sie sich damit zuerst in einem Terminal an und setzen Sie interactiveMode auf IfAvailable, oder nehmen Sie ein Token.</translation>
    </message>
    <message>
        <source>The exec plugin&apos;s entry has no interactiveMode, which v1 demands.</source>
        <translation>Dem Eintrag des Exec-Plugins fehlt interactiveMode, das v1 verlangt.</translation>
    </message>
    <message>
        <source>Add “interactiveMode: IfAvailable” to the user&apos;s exec entry in the kubeconfig.</source>
        <translation>Ergänzen Sie „interactiveMode: IfAvailable“ im exec-Eintrag des Benutzers in der Kubeconfig.</translation>
    </message>
    <message>
        <source>Install the plugin, or write its full path into the kubeconfig.</source>
        <translation>Installieren Sie das Plugin oder schreiben Sie seinen ganzen Pfad in die Kubeconfig.</translation>
    </message>
    <message>
        <source>Looked for it in: %1.</source>
        <translation>Gesucht in: %1.</translation>
    </message>
    <message>
        <source>The exec plugin “%1” is not installed.</source>
        <translation>Das Exec-Plugin „%1“ ist nicht installiert.</translation>
    </message>
    <message numerus="yes">
        <source>The exec plugin did not finish within %n second(s) and was stopped.</source>
        <translation>
            <numerusform>Das Exec-Plugin war nach %n Sekunde nicht fertig und wurde beendet.</numerusform>
            <numerusform>Das Exec-Plugin war nach %n Sekunden nicht fertig und wurde beendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Run it in a terminal to see what it waits for; it may want you to sign in.</source>
        <translation>Führen Sie es in einem Terminal aus, um zu sehen, worauf es wartet; vielleicht will es eine Anmeldung.</translation>
    </message>
    <message>
        <source>The exec plugin could not be started: %1.</source>
        <translation>Das Exec-Plugin konnte nicht gestartet werden: %1.</translation>
    </message>
    <message>
        <source>Check that the file is a program and that you may execute it.</source>
        <translation>Prüfen Sie, ob die Datei ein Programm ist und Sie es ausführen dürfen.</translation>
    </message>
    <message>
        <source>The exec plugin crashed.</source>
        <translation>Das Exec-Plugin ist abgestürzt.</translation>
    </message>
    <message>
        <source>Run it in a terminal to see why.</source>
        <translation>Führen Sie es in einem Terminal aus, um den Grund zu sehen.</translation>
    </message>
    <message>
        <source>The exec plugin failed with exit status %1.</source>
        <translation>Das Exec-Plugin ist mit Status %1 gescheitert.</translation>
    </message>
    <message>
        <source>Run it in a terminal; you may have to sign in again.</source>
        <translation>Führen Sie es in einem Terminal aus; vielleicht müssen Sie sich erneut anmelden.</translation>
    </message>
    <message>
        <source>Update the plugin, or ask who provides it.</source>
        <translation>Aktualisieren Sie das Plugin oder fragen Sie dessen Anbieter.</translation>
    </message>
    <message>
        <source>The exec plugin printed far too much.</source>
        <translation>Das Exec-Plugin hat viel zu viel ausgegeben.</translation>
    </message>
    <message>
        <source>The exec plugin did not print an ExecCredential.</source>
        <translation>Das Exec-Plugin hat kein ExecCredential ausgegeben.</translation>
    </message>
    <message>
        <source>The exec plugin answered with apiVersion “%1” where the kubeconfig says “%2”.</source>
        <translation>Das Exec-Plugin hat mit apiVersion „%1“ geantwortet, die Kubeconfig sagt „%2“.</translation>
    </message>
    <message>
        <source>Correct apiVersion in the kubeconfig&apos;s exec entry, or update the plugin.</source>
        <translation>Berichtigen Sie apiVersion im exec-Eintrag der Kubeconfig oder aktualisieren Sie das Plugin.</translation>
    </message>
    <message>
        <source>The exec plugin&apos;s answer holds neither a token nor a certificate.</source>
        <translation>Die Antwort des Exec-Plugins enthält weder Token noch Zertifikat.</translation>
    </message>
    <message>
        <source>The exec plugin&apos;s expirationTimestamp is not a time.</source>
        <translation>Der expirationTimestamp des Exec-Plugins ist keine Zeit.</translation>
    </message>
</context>
<context>
    <name>kdra::kube::Kubeconfig</name>
    <message>
        <source>The kubeconfig cannot be read: %1.</source>
        <translation>Die Kubeconfig ist nicht lesbar: %1.</translation>
    </message>
    <message>
        <source>Check that you may read the file.</source>
        <translation>Prüfen Sie, ob Sie die Datei lesen dürfen.</translation>
    </message>
    <message>
        <source>This is a folder, not a kubeconfig file.</source>
        <translation>Das ist ein Ordner, keine Kubeconfig-Datei.</translation>
    </message>
    <message>
        <source>Choose a file in it.</source>
        <translation>Wählen Sie eine Datei darin.</translation>
    </message>
    <message>
        <source>There is no kubeconfig file here.</source>
        <translation>Hier ist keine Kubeconfig-Datei.</translation>
    </message>
    <message>
        <source>Choose another file, or connect by URL and token.</source>
        <translation>Wählen Sie eine andere Datei oder verbinden Sie mit URL und Token.</translation>
    </message>
    <message>
        <source>There is no kubeconfig file.</source>
        <translation>Es gibt keine Kubeconfig-Datei.</translation>
    </message>
    <message>
        <source>Choose a kubeconfig file, or connect by URL and token.</source>
        <translation>Wählen Sie eine Kubeconfig-Datei oder verbinden Sie mit URL und Token.</translation>
    </message>
    <message>
        <source>The kubeconfig has no contexts.</source>
        <translation>Die Kubeconfig hat keine Kontexte.</translation>
    </message>
    <message>
        <source>Fetch a kubeconfig for your cluster, or connect by URL and token.</source>
        <translation>Holen Sie eine Kubeconfig für Ihren Cluster oder verbinden Sie mit URL und Token.</translation>
    </message>
    <message>
        <source>The kubeconfig has no current context.</source>
        <translation>Die Kubeconfig hat keinen aktuellen Kontext.</translation>
    </message>
    <message>
        <source>Choose one of: %1.</source>
        <translation>Wählen Sie einen von: %1.</translation>
    </message>
    <message>
        <source>There is no context “%1” in the kubeconfig.</source>
        <translation>In der Kubeconfig gibt es keinen Kontext „%1“.</translation>
    </message>
    <message>
        <source>The context “%1” uses the cluster “%2”, which is not defined.</source>
        <translation>Der Kontext „%1“ verwendet den Cluster „%2“, der nicht definiert ist.</translation>
    </message>
    <message>
        <source>Add the cluster to the kubeconfig.</source>
        <translation>Ergänzen Sie den Cluster in der Kubeconfig.</translation>
    </message>
    <message>
        <source>Defined clusters: %1.</source>
        <translation>Definierte Cluster: %1.</translation>
    </message>
    <message>
        <source>The context “%1” uses the user “%2”, who is not defined.</source>
        <translation>Der Kontext „%1“ verwendet den Benutzer „%2“, der nicht definiert ist.</translation>
    </message>
    <message>
        <source>Add the user to the kubeconfig.</source>
        <translation>Ergänzen Sie den Benutzer in der Kubeconfig.</translation>
    </message>
    <message>
        <source>Defined users: %1.</source>
        <translation>Definierte Benutzer: %1.</translation>
    </message>
    <message>
        <source>Correct the file, or fetch the kubeconfig again.</source>
        <translation>Berichtigen Sie die Datei oder holen Sie die Kubeconfig erneut.</translation>
    </message>
    <message>
        <source>“%1” must be text.</source>
        <translation>„%1“ muss Text sein.</translation>
    </message>
    <message>
        <source>“%1” must be true or false.</source>
        <translation>„%1“ muss true oder false sein.</translation>
    </message>
    <message>
        <source>“%1” is not base64.</source>
        <translation>„%1“ ist kein Base64.</translation>
    </message>
    <message>
        <source>“%1” must be a list.</source>
        <translation>„%1“ muss eine Liste sein.</translation>
    </message>
    <message>
        <source>“%1” must be a list of texts.</source>
        <translation>„%1“ muss eine Liste von Texten sein.</translation>
    </message>
    <message>
        <source>“%1” is not a URL.</source>
        <translation>„%1“ ist keine URL.</translation>
    </message>
    <message>
        <source>Write it as https://host:port.</source>
        <translation>Schreiben Sie sie als https://host:port.</translation>
    </message>
    <message>
        <source>The cluster “%1” has no server address.</source>
        <translation>Der Cluster „%1“ hat keine Serveradresse.</translation>
    </message>
    <message>
        <source>Add “server: https://host:port”.</source>
        <translation>Ergänzen Sie „server: https://host:port“.</translation>
    </message>
    <message>
        <source>The cluster “%1” has an address that is neither https:// nor http://.</source>
        <translation>Die Adresse des Clusters „%1“ ist weder https:// noch http://.</translation>
    </message>
    <message>
        <source>The exec plugin names no command.</source>
        <translation>Das Exec-Plugin nennt kein Kommando.</translation>
    </message>
    <message>
        <source>An entry of “%1” is not a mapping.</source>
        <translation>Ein Eintrag von „%1“ ist keine Zuordnung.</translation>
    </message>
    <message>
        <source>An entry of “%1” has no name.</source>
        <translation>Ein Eintrag von „%1“ hat keinen Namen.</translation>
    </message>
    <message>
        <source>“%1” is defined twice; the first one counts.</source>
        <translation>„%1“ ist doppelt definiert; das erste zählt.</translation>
    </message>
    <message>
        <source>“%1” must be a mapping.</source>
        <translation>„%1“ muss eine Zuordnung sein.</translation>
    </message>
    <message>
        <source>The file is far too large for a kubeconfig.</source>
        <translation>Die Datei ist viel zu groß für eine Kubeconfig.</translation>
    </message>
    <message>
        <source>Choose a kubeconfig file.</source>
        <translation>Wählen Sie eine Kubeconfig-Datei.</translation>
    </message>
    <message>
        <source>This is not a kubeconfig file.</source>
        <translation>Das ist keine Kubeconfig-Datei.</translation>
    </message>
    <message>
        <source>A kubeconfig has clusters, users and contexts; choose another file.</source>
        <translation>Eine Kubeconfig hat clusters, users und contexts; wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>The file is not valid YAML: %1.</source>
        <translation>Die Datei ist kein gültiges YAML: %1.</translation>
    </message>
</context>
<context>
    <name>kdra::kube::OidcRefresh</name>
    <message>
        <source>Sign in again with the tool that wrote this kubeconfig.</source>
        <translation>Melden Sie sich mit dem Werkzeug erneut an, das diese Kubeconfig geschrieben hat.</translation>
    </message>
    <message>
        <source>The sign-in has expired, and the kubeconfig has no refresh-token.</source>
        <translation>Die Anmeldung ist abgelaufen, und die Kubeconfig hat kein refresh-token.</translation>
    </message>
    <message>
        <source>The kubeconfig&apos;s oidc entry has no usable idp-issuer-url.</source>
        <translation>Der oidc-Eintrag der Kubeconfig hat keine brauchbare idp-issuer-url.</translation>
    </message>
    <message>
        <source>The sign-in could not be renewed: the issuer does not answer (%1).</source>
        <translation>Die Anmeldung konnte nicht erneuert werden: Der Aussteller antwortet nicht (%1).</translation>
    </message>
    <message>
        <source>The issuer names no token endpoint.</source>
        <translation>Der Aussteller nennt keinen Token-Endpunkt.</translation>
    </message>
    <message>
        <source>The sign-in could not be renewed: %1.</source>
        <translation>Die Anmeldung konnte nicht erneuert werden: %1.</translation>
    </message>
    <message>
        <source>The issuer answered without an id-token.</source>
        <translation>Der Aussteller hat ohne id-token geantwortet.</translation>
    </message>
</context>
<context>
    <name>kdra::kube::Proxy</name>
    <message>
        <source>The proxy&apos;s address is not a URL.</source>
        <translation>Die Adresse des Proxys ist keine URL.</translation>
    </message>
    <message>
        <source>Write it as http://host:port or socks5://host:port.</source>
        <translation>Schreiben Sie sie als http://host:port oder socks5://host:port.</translation>
    </message>
    <message>
        <source>Proxies that are themselves reached by TLS are not supported.</source>
        <translation>Proxys, die selbst über TLS erreicht werden, werden nicht unterstützt.</translation>
    </message>
    <message>
        <source>Use the proxy&apos;s http:// or socks5:// port; the connection through it stays encrypted.</source>
        <translation>Nehmen Sie den http://- oder socks5://-Port des Proxys; die Verbindung hindurch bleibt verschlüsselt.</translation>
    </message>
    <message>
        <source>The proxy&apos;s scheme “%1” is unknown.</source>
        <translation>Das Schema „%1“ des Proxys ist unbekannt.</translation>
    </message>
    <message>
        <source>Supported are http:// and socks5://.</source>
        <translation>Unterstützt werden http:// und socks5://.</translation>
    </message>
</context>
<context>
    <name>kdra::kube::TlsError</name>
    <message numerus="yes">
        <source>This computer&apos;s clock is %n minute(s) behind the server&apos;s: set it right.</source>
        <translation>
            <numerusform>Die Uhr dieses Rechners geht gegenüber dem Server %n Minute nach: Stellen Sie sie richtig.</numerusform>
            <numerusform>Die Uhr dieses Rechners geht gegenüber dem Server %n Minuten nach: Stellen Sie sie richtig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This computer&apos;s clock is %n minute(s) ahead of the server&apos;s: set it right.</source>
        <translation>
            <numerusform>Die Uhr dieses Rechners geht gegenüber dem Server %n Minute vor: Stellen Sie sie richtig.</numerusform>
            <numerusform>Die Uhr dieses Rechners geht gegenüber dem Server %n Minuten vor: Stellen Sie sie richtig.</numerusform>
        </translation>
    </message>
    <message>
        <source>The server&apos;s certificate was not accepted.</source>
        <translation>Das Zertifikat des Servers wurde nicht angenommen.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate “%1” expired on %2; this computer&apos;s clock says %3.</source>
        <translation>Das Zertifikat „%1“ des Servers ist am %2 abgelaufen; die Uhr dieses Rechners sagt %3.</translation>
    </message>
    <message>
        <source>If the clock is right, the cluster&apos;s administrator must renew the certificate.</source>
        <translation>Geht die Uhr richtig, muss die Verwaltung des Clusters das Zertifikat erneuern.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate “%1” is valid only from %2 on; this computer&apos;s clock says %3.</source>
        <translation>Das Zertifikat „%1“ des Servers gilt erst ab %2; die Uhr dieses Rechners sagt %3.</translation>
    </message>
    <message>
        <source>Check this computer&apos;s clock and the server&apos;s.</source>
        <translation>Prüfen Sie die Uhren dieses Rechners und des Servers.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not for “%1”; it names %2.</source>
        <translation>Das Zertifikat des Servers gilt nicht für „%1“; es nennt %2.</translation>
    </message>
    <message>
        <source>Use one of these names in the cluster&apos;s address, or set tls-server-name in the kubeconfig.</source>
        <translation>Verwenden Sie einen dieser Namen in der Adresse des Clusters oder setzen Sie tls-server-name in der Kubeconfig.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate “%1” was issued by “%2”, which is not a trusted authority.</source>
        <translation>Das Zertifikat „%1“ des Servers wurde von „%2“ ausgestellt, einer nicht vertrauenswürdigen Stelle.</translation>
    </message>
    <message>
        <source>Set certificate-authority in the kubeconfig to the cluster&apos;s CA, or fetch the kubeconfig again.</source>
        <translation>Setzen Sie certificate-authority in der Kubeconfig auf die CA des Clusters oder holen Sie die Kubeconfig erneut.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate “%1” was not accepted: %2.</source>
        <translation>Das Zertifikat „%1“ des Servers wurde nicht angenommen: %2.</translation>
    </message>
    <message>
        <source>Ask the cluster&apos;s administrator for a valid certificate.</source>
        <translation>Bitten Sie die Verwaltung des Clusters um ein gültiges Zertifikat.</translation>
    </message>
</context>
<context>
    <name>kdra::kube::TlsFiles</name>
    <message>
        <source>A certificate or key file cannot be read: %1.</source>
        <translation>Eine Zertifikats- oder Schlüsseldatei ist nicht lesbar: %1.</translation>
    </message>
    <message>
        <source>Check that the file exists and that you may read it, or fix its path in the kubeconfig.</source>
        <translation>Prüfen Sie, ob es die Datei gibt und Sie sie lesen dürfen, oder berichtigen Sie ihren Pfad in der Kubeconfig.</translation>
    </message>
    <message>
        <source>The file is far too large for a certificate or key.</source>
        <translation>Die Datei ist viel zu groß für ein Zertifikat oder einen Schlüssel.</translation>
    </message>
    <message>
        <source>Fix the path in the kubeconfig.</source>
        <translation>Berichtigen Sie den Pfad in der Kubeconfig.</translation>
    </message>
    <message>
        <source>The certificate or key file is empty.</source>
        <translation>Die Zertifikats- oder Schlüsseldatei ist leer.</translation>
    </message>
    <message>
        <source>Fetch the credentials again.</source>
        <translation>Holen Sie die Zugangsdaten erneut.</translation>
    </message>
    <message>
        <source>There is no readable certificate here.</source>
        <translation>Hier ist kein lesbares Zertifikat.</translation>
    </message>
    <message>
        <source>A PEM certificate begins with “-----BEGIN CERTIFICATE-----”; fetch the kubeconfig again.</source>
        <translation>Ein PEM-Zertifikat beginnt mit „-----BEGIN CERTIFICATE-----“; holen Sie die Kubeconfig erneut.</translation>
    </message>
    <message>
        <source>The private key is protected by a passphrase.</source>
        <translation>Der private Schlüssel ist mit einer Passphrase geschützt.</translation>
    </message>
    <message>
        <source>Kubernetes clients need an unencrypted key: convert it with “openssl pkey”.</source>
        <translation>Kubernetes-Clients brauchen einen unverschlüsselten Schlüssel: Wandeln Sie ihn mit „openssl pkey“ um.</translation>
    </message>
    <message>
        <source>There is no readable private key here.</source>
        <translation>Hier ist kein lesbarer privater Schlüssel.</translation>
    </message>
    <message>
        <source>Supported are RSA and EC keys as PEM (PKCS#1, SEC1, PKCS#8); fetch the kubeconfig again.</source>
        <translation>Unterstützt werden RSA- und EC-Schlüssel als PEM (PKCS#1, SEC1, PKCS#8); holen Sie die Kubeconfig erneut.</translation>
    </message>
    <message>
        <source>There is a client key, but no client certificate.</source>
        <translation>Es gibt einen Client-Schlüssel, aber kein Client-Zertifikat.</translation>
    </message>
    <message>
        <source>There is a client certificate, but no client key.</source>
        <translation>Es gibt ein Client-Zertifikat, aber keinen Client-Schlüssel.</translation>
    </message>
    <message>
        <source>Add the missing half to the user&apos;s entry in the kubeconfig.</source>
        <translation>Ergänzen Sie die fehlende Hälfte im Eintrag des Benutzers in der Kubeconfig.</translation>
    </message>
    <message>
        <source>The client key does not belong to the client certificate.</source>
        <translation>Der Client-Schlüssel gehört nicht zum Client-Zertifikat.</translation>
    </message>
    <message>
        <source>Use the key that the certificate was issued for.</source>
        <translation>Nehmen Sie den Schlüssel, für den das Zertifikat ausgestellt wurde.</translation>
    </message>
</context>
<context>
    <name>kdra::kube::WatchStream</name>
    <message>
        <source>The server has gone silent.</source>
        <translation>Der Server ist verstummt.</translation>
    </message>
    <message>
        <source>The server did not answer in time.</source>
        <translation>Der Server hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>KDRA reconnects by itself; check the network if this goes on.</source>
        <translation>KDRA verbindet von selbst neu; prüfen Sie das Netz, wenn es anhält.</translation>
    </message>
    <message>
        <source>The connection was closed.</source>
        <translation>Die Verbindung wurde geschlossen.</translation>
    </message>
    <message>
        <source>The server sent a watch event of more than 64 MB.</source>
        <translation>Der Server hat ein Watch-Ereignis von mehr als 64 MB geschickt.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::AlertNotices</name>
    <message numerus="yes">
        <source>%n alert(s) began to fire in %1</source>
        <translation>
            <numerusform>In %1 wurde %n Alarm ausgelöst</numerusform>
            <numerusform>In %1 wurden %n Alarme ausgelöst</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s) that began in the quiet hours still fire in %1</source>
        <translation>
            <numerusform>%n Alarm aus der Ruhezeit besteht in %1 noch</numerusform>
            <numerusform>%n Alarme aus der Ruhezeit bestehen in %1 noch</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::metrics::Alertmanager</name>
    <message>
        <source>The silence does not say which alerts it is for.</source>
        <translation>Die Stummschaltung sagt nicht, für welche Alarme sie gilt.</translation>
    </message>
    <message>
        <source>Give at least one label with a value.</source>
        <translation>Geben Sie mindestens ein Label mit einem Wert an.</translation>
    </message>
    <message>
        <source>The silence ends before it begins.</source>
        <translation>Die Stummschaltung endet, bevor sie beginnt.</translation>
    </message>
    <message>
        <source>Choose a later end.</source>
        <translation>Wählen Sie ein späteres Ende.</translation>
    </message>
    <message>
        <source>The silence does not say who wants it and why.</source>
        <translation>Die Stummschaltung sagt nicht, wer sie will und warum.</translation>
    </message>
    <message>
        <source>Write a comment.</source>
        <translation>Schreiben Sie einen Kommentar.</translation>
    </message>
    <message>
        <source>Alertmanager refuses: %1.</source>
        <translation>Der Alertmanager lehnt ab: %1.</translation>
    </message>
    <message>
        <source>This is not the answer of an Alertmanager, or it is cut off.</source>
        <translation>Das ist nicht die Antwort eines Alertmanagers, oder sie ist abgeschnitten.</translation>
    </message>
    <message>
        <source>Check the address and its path, and whether a sign-in page is in between.</source>
        <translation>Prüfen Sie die Adresse und ihren Pfad, und ob eine Anmeldeseite dazwischen liegt.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::Alerts</name>
    <message>
        <source>The source of alerts has not answered for %1, so alerts may be missing: %2</source>
        <translation>Die Quelle der Alarme antwortet seit %1 nicht, deshalb können Alarme fehlen: %2</translation>
    </message>
    <message>
        <source>The alert that always fires has been missing for %1: the way from Prometheus to here is broken, so other alerts may be missing too.</source>
        <translation>Der Alarm, der immer anschlägt, fehlt seit %1: Der Weg von Prometheus bis hierher ist unterbrochen, deshalb können auch andere Alarme fehlen.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::Answer</name>
    <message>
        <source>The answer has the series %1 twice; the second one is left out.</source>
        <translation>Die Antwort enthält die Zeitreihe %1 zweimal; die zweite ist weggelassen.</translation>
    </message>
    <message>
        <source>Native histograms such as %1 are left out; histogram_quantile() or histogram_count() make numbers of them.</source>
        <translation>Native Histogramme wie %1 sind weggelassen; histogram_quantile() oder histogram_count() machen Zahlen daraus.</translation>
    </message>
    <message>
        <source>The answer has more than %1 values, which is more than can be shown.</source>
        <translation>Die Antwort hat mehr als %1 Werte; so viele lassen sich nicht zeigen.</translation>
    </message>
    <message>
        <source>Ask for fewer series (add labels, or aggregate with sum or topk), a shorter time range, or a longer step.</source>
        <translation>Fragen Sie nach weniger Zeitreihen (mit weiteren Labels, oder mit sum oder topk zusammengefasst), einem kürzeren Zeitraum oder einer größeren Schrittweite.</translation>
    </message>
    <message>
        <source>The answer of the metrics server is cut off or is not JSON (%1, %2).</source>
        <translation>Die Antwort des Messwerte-Servers ist abgeschnitten oder kein JSON (%1, %2).</translation>
    </message>
    <message>
        <source>Try again; if it happens each time, look at what is between here and the server.</source>
        <translation>Versuchen Sie es noch einmal; geschieht es jedes Mal, sehen Sie nach, was zwischen hier und dem Server liegt.</translation>
    </message>
    <message>
        <source>The answer of the metrics server is cut off or is not JSON.</source>
        <translation>Die Antwort des Messwerte-Servers ist abgeschnitten oder kein JSON.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::ApiError</name>
    <message>
        <source>The query has an error at line %1, character %2: %3.</source>
        <translation>Die Abfrage hat einen Fehler in Zeile %1, Zeichen %2: %3.</translation>
    </message>
    <message>
        <source>Correct the query there.</source>
        <translation>Berichtigen Sie die Abfrage an dieser Stelle.</translation>
    </message>
    <message>
        <source>The metrics server gave up on the query, because it took too long: %1.</source>
        <translation>Der Messwerte-Server hat die Abfrage aufgegeben, weil sie zu lange dauerte: %1.</translation>
    </message>
    <message>
        <source>Choose a shorter time range, a longer step, or a simpler query.</source>
        <translation>Wählen Sie einen kürzeren Zeitraum, eine größere Schrittweite oder eine einfachere Abfrage.</translation>
    </message>
    <message>
        <source>The query touches more values than the metrics server allows: %1.</source>
        <translation>Die Abfrage berührt mehr Werte, als der Messwerte-Server erlaubt: %1.</translation>
    </message>
    <message>
        <source>Choose a shorter time range, or fewer series with more labels.</source>
        <translation>Wählen Sie einen kürzeren Zeitraum, oder weniger Zeitreihen mit weiteren Labels.</translation>
    </message>
    <message>
        <source>The metrics server does not accept the query: %1.</source>
        <translation>Der Messwerte-Server nimmt die Abfrage nicht an: %1.</translation>
    </message>
    <message>
        <source>The query could not be carried out: %1.</source>
        <translation>Die Abfrage konnte nicht ausgeführt werden: %1.</translation>
    </message>
    <message>
        <source>The metrics server reports an error: %1.</source>
        <translation>Der Messwerte-Server meldet einen Fehler: %1.</translation>
    </message>
    <message>
        <source>Try again in a moment; if it stays, look at the server&apos;s log.</source>
        <translation>Versuchen Sie es gleich noch einmal; bleibt es dabei, sehen Sie in das Protokoll des Servers.</translation>
    </message>
    <message>
        <source>This is not the answer of a metrics server.</source>
        <translation>Das ist nicht die Antwort eines Messwerte-Servers.</translation>
    </message>
    <message>
        <source>Check the address and its path, and whether a sign-in page is in between.</source>
        <translation>Prüfen Sie die Adresse und ihren Pfad, und ob eine Anmeldeseite dazwischen liegt.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::Candidates</name>
    <message>
        <source>its name</source>
        <translation>sein Name</translation>
    </message>
    <message>
        <source>“%1” is no way of choosing a source of metrics.</source>
        <translation>„%1“ ist keine Art, eine Quelle von Messwerten zu wählen.</translation>
    </message>
    <message>
        <source>Choose the source anew.</source>
        <translation>Wählen Sie die Quelle neu.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::Connection</name>
    <message numerus="yes">
        <source>The metrics server did not answer within %n second(s).</source>
        <translation>
            <numerusform>Der Messwerte-Server hat nicht innerhalb von %n Sekunde geantwortet.</numerusform>
            <numerusform>Der Messwerte-Server hat nicht innerhalb von %n Sekunden geantwortet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a shorter time range or a simpler query, or check whether the server is overloaded.</source>
        <translation>Wählen Sie einen kürzeren Zeitraum oder eine einfachere Abfrage, oder prüfen Sie, ob der Server überlastet ist.</translation>
    </message>
    <message>
        <source>The answer has more than %1 values, so it was not read to the end.</source>
        <translation>Die Antwort hat mehr als %1 Werte und wurde deshalb nicht zu Ende gelesen.</translation>
    </message>
    <message>
        <source>The answer is larger than %1, so it was not read to the end.</source>
        <translation>Die Antwort ist größer als %1 und wurde deshalb nicht zu Ende gelesen.</translation>
    </message>
    <message>
        <source>Ask for fewer series (add labels, or aggregate with sum or topk), a shorter time range, or a longer step.</source>
        <translation>Fragen Sie nach weniger Zeitreihen (mit weiteren Labels, oder mit sum oder topk zusammengefasst), einem kürzeren Zeitraum oder einer größeren Schrittweite.</translation>
    </message>
    <message>
        <source>Check the address of the metrics server, that it runs, and your network.</source>
        <translation>Prüfen Sie die Adresse des Messwerte-Servers, ob er läuft, und Ihr Netzwerk.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::DashboardFile</name>
    <message>
        <source>“%1” is not a duration such as 30s or 1h30m.</source>
        <translation>„%1“ ist keine Dauer wie 30s oder 1h30m.</translation>
    </message>
    <message numerus="yes">
        <source>A dashboard has at most %n panels.</source>
        <translation>
            <numerusform>Ein Dashboard hat höchstens %n Feld.</numerusform>
            <numerusform>Ein Dashboard hat höchstens %n Felder.</numerusform>
        </translation>
    </message>
    <message>
        <source>There should be [column, line, width, height] here, within a grid of 24 columns.</source>
        <translation>Hier sollte [Spalte, Zeile, Breite, Höhe] stehen, in einem Raster von 24 Spalten.</translation>
    </message>
    <message>
        <source>A dashboard of %1 MiB is not read; at most %2 MiB are.</source>
        <translation>Ein Dashboard von %1 MiB wird nicht eingelesen; höchstens %2 MiB sind möglich.</translation>
    </message>
    <message>
        <source>This is not JSON: %1.</source>
        <translation>Das ist kein JSON: %1.</translation>
    </message>
    <message>
        <source>This is not a dashboard of KDRA: the number of its format is missing.</source>
        <translation>Das ist kein Dashboard von KDRA: Die Nummer seines Formats fehlt.</translation>
    </message>
    <message>
        <source>This dashboard was made with a newer version of KDRA.</source>
        <translation>Dieses Dashboard wurde mit einer neueren Version von KDRA erstellt.</translation>
    </message>
    <message>
        <source>Correct the file at this place and read it again.</source>
        <translation>Die Datei an dieser Stelle berichtigen und noch einmal einlesen.</translation>
    </message>
    <message>
        <source>There should be an object in braces here.</source>
        <translation>Hier sollte ein Objekt in geschweiften Klammern stehen.</translation>
    </message>
    <message>
        <source>There should be a text in quotes here.</source>
        <translation>Hier sollte ein Text in Anführungszeichen stehen.</translation>
    </message>
    <message numerus="yes">
        <source>This text is longer than %n characters.</source>
        <translation>
            <numerusform>Dieser Text ist länger als %n Zeichen.</numerusform>
            <numerusform>Dieser Text ist länger als %n Zeichen.</numerusform>
        </translation>
    </message>
    <message>
        <source>This must not be empty.</source>
        <translation>Das darf nicht leer sein.</translation>
    </message>
    <message>
        <source>There should be true or false here.</source>
        <translation>Hier sollte true oder false stehen.</translation>
    </message>
    <message>
        <source>There should be a number here.</source>
        <translation>Hier sollte eine Zahl stehen.</translation>
    </message>
    <message>
        <source>There should be a whole number from %1 to %2 here.</source>
        <translation>Hier sollte eine ganze Zahl von %1 bis %2 stehen.</translation>
    </message>
    <message>
        <source>There should be a list in brackets here.</source>
        <translation>Hier sollte eine Liste in eckigen Klammern stehen.</translation>
    </message>
    <message numerus="yes">
        <source>There are more than %n entries here.</source>
        <translation>
            <numerusform>Hier steht mehr als %n Eintrag.</numerusform>
            <numerusform>Hier stehen mehr als %n Einträge.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is not known here; known are: %2.</source>
        <translation>„%1“ ist hier nicht bekannt; bekannt sind: %2.</translation>
    </message>
    <message>
        <source>“%1” is not known here.</source>
        <translation>„%1“ ist hier nicht bekannt.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::DashboardLibrary</name>
    <message>
        <source>Check whether the disk is full and who may write there.</source>
        <translation>Prüfen, ob der Datenträger voll ist und wer dort schreiben darf.</translation>
    </message>
    <message>
        <source>There are two dashboards with the uid “%1”.</source>
        <translation>Es gibt zwei Dashboards mit der uid „%1“.</translation>
    </message>
    <message>
        <source>Give one of them another uid, or remove it.</source>
        <translation>Einem von ihnen eine andere uid geben oder es entfernen.</translation>
    </message>
    <message numerus="yes">
        <source>There are more than %n dashboards; the others are left out.</source>
        <translation>
            <numerusform>Es gibt mehr als %n Dashboard; die anderen sind weggelassen.</numerusform>
            <numerusform>Es gibt mehr als %n Dashboards; die anderen sind weggelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove those that nobody needs.</source>
        <translation>Diejenigen entfernen, die niemand braucht.</translation>
    </message>
    <message>
        <source>The folder for dashboards cannot be made.</source>
        <translation>Der Ordner für Dashboards kann nicht angelegt werden.</translation>
    </message>
    <message>
        <source>The dashboard cannot be saved: %1.</source>
        <translation>Das Dashboard kann nicht gespeichert werden: %1.</translation>
    </message>
    <message>
        <source>The dashboard cannot be removed: %1.</source>
        <translation>Das Dashboard kann nicht entfernt werden: %1.</translation>
    </message>
    <message>
        <source>The dashboard “%1” is too large for a ConfigMap.</source>
        <translation>Das Dashboard „%1“ ist zu groß für eine ConfigMap.</translation>
    </message>
    <message>
        <source>Split it into several, or share it as a file.</source>
        <translation>Es auf mehrere aufteilen oder als Datei weitergeben.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::Discovery</name>
    <message>
        <source>The cluster&apos;s list of services could not be read.</source>
        <translation>Die Liste der Services des Clusters konnte nicht gelesen werden.</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n target(s).</source>
        <translation>
            <numerusform>%1, %n Ziel.</numerusform>
            <numerusform>%1, %n Ziele.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 answers, but it has no targets: it scrapes nothing, or it wants a tenant.</source>
        <translation>%1 antwortet, hat aber keine Ziele: Es fragt nichts ab, oder es will einen Mandanten wissen.</translation>
    </message>
    <message>
        <source>A metrics server</source>
        <translation>Ein Messwerte-Server</translation>
    </message>
    <message>
        <source>Alertmanager %1.</source>
        <translation>Alertmanager %1.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::Endpoint</name>
    <message>
        <source>The service has no namespace.</source>
        <translation>Der Service hat keinen Namespace.</translation>
    </message>
    <message>
        <source>Choose its namespace.</source>
        <translation>Wählen Sie seinen Namespace.</translation>
    </message>
    <message>
        <source>This is not an address that can be asked for metrics.</source>
        <translation>Unter dieser Adresse lassen sich keine Messwerte abfragen.</translation>
    </message>
    <message>
        <source>Write it as https://host:port or http://host:port.</source>
        <translation>Schreiben Sie sie als https://host:port oder http://host:port.</translation>
    </message>
    <message>
        <source>The address holds a user or a password.</source>
        <translation>Die Adresse enthält einen Benutzernamen oder ein Passwort.</translation>
    </message>
    <message>
        <source>Take them out of the address and choose basic authentication: the keychain keeps the password.</source>
        <translation>Nehmen Sie beides aus der Adresse heraus und wählen Sie die Anmeldung mit Passwort: Der Schlüsselbund bewahrt es auf.</translation>
    </message>
    <message>
        <source>A client certificate needs an encrypted connection.</source>
        <translation>Ein Client-Zertifikat braucht eine verschlüsselte Verbindung.</translation>
    </message>
    <message>
        <source>Write https:// instead of http:// in the address.</source>
        <translation>Schreiben Sie in der Adresse https:// statt http://.</translation>
    </message>
    <message>
        <source>“%1” is no way of signing in.</source>
        <translation>„%1“ ist keine Art der Anmeldung.</translation>
    </message>
    <message>
        <source>Choose the source anew.</source>
        <translation>Wählen Sie die Quelle neu.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::GrafanaClient</name>
    <message>
        <source>Grafana refuses: %1.</source>
        <translation>Grafana lehnt ab: %1.</translation>
    </message>
    <message>
        <source>Give it the token of a service account that may do this (in Grafana: Administration, Service accounts). Through the cluster&apos;s API server no token can be sent.</source>
        <translation>Geben Sie ihm das Token eines Dienstkontos, das dies darf (in Grafana: Administration, Service accounts). Durch den API-Server des Clusters kann kein Token gesendet werden.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::GrafanaImport</name>
    <message>
        <source>The annotation “%1” is not taken along.</source>
        <translation>Die Anmerkung „%1“ wird nicht übernommen.</translation>
    </message>
    <message>
        <source>Annotation</source>
        <translation>Anmerkung</translation>
    </message>
    <message numerus="yes">
        <source>There are more than %n panels; the others are left out.</source>
        <translation>
            <numerusform>Es gibt mehr als %n Feld; die anderen sind weggelassen.</numerusform>
            <numerusform>Es gibt mehr als %n Felder; die anderen sind weggelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The link “%1” is not taken along.</source>
        <translation>Der Verweis „%1“ wird nicht übernommen.</translation>
    </message>
    <message>
        <source>Dashboard without a title</source>
        <translation>Dashboard ohne Titel</translation>
    </message>
    <message>
        <source>It names texts by other texts (“%1”), which is not shown.</source>
        <translation>Es benennt Texte durch andere Texte („%1“), was nicht gezeigt wird.</translation>
    </message>
    <message>
        <source>It names values by a regular expression, which is not shown.</source>
        <translation>Es benennt Werte durch einen regulären Ausdruck, was nicht gezeigt wird.</translation>
    </message>
    <message>
        <source>It hides series that are not in a list; all of them are shown.</source>
        <translation>Es blendet Reihen aus, die nicht in einer Liste stehen; hier werden alle gezeigt.</translation>
    </message>
    <message>
        <source>It changes series by a rule of the kind “%1”, which is not followed.</source>
        <translation>Es ändert Reihen durch eine Regel der Art „%1“, die nicht befolgt wird.</translation>
    </message>
    <message>
        <source>Its axis is linear instead of symmetrically logarithmic.</source>
        <translation>Seine Achse ist linear statt symmetrisch logarithmisch.</translation>
    </message>
    <message>
        <source>Its legend does not show “%1”.</source>
        <translation>Seine Legende zeigt „%1“ nicht.</translation>
    </message>
    <message>
        <source>It shows the last value instead of “%1”.</source>
        <translation>Es zeigt den letzten Wert statt „%1“.</translation>
    </message>
    <message>
        <source>It shows one number a series instead of one a value.</source>
        <translation>Es zeigt eine Zahl pro Reihe statt einer pro Wert.</translation>
    </message>
    <message>
        <source>It shows numbers instead of the texts of “%1”.</source>
        <translation>Es zeigt Zahlen statt der Texte von „%1“.</translation>
    </message>
    <message>
        <source>Export the dashboard from Grafana as JSON and import that file.</source>
        <translation>Das Dashboard in Grafana als JSON exportieren und diese Datei importieren.</translation>
    </message>
    <message>
        <source>A dashboard of %1 MiB is not read; at most %2 MiB are.</source>
        <translation>Ein Dashboard von %1 MiB wird nicht eingelesen; höchstens %2 MiB sind möglich.</translation>
    </message>
    <message>
        <source>This is not JSON: %1.</source>
        <translation>Das ist kein JSON: %1.</translation>
    </message>
    <message>
        <source>This is not a dashboard of Grafana: there are no panels in it.</source>
        <translation>Das ist kein Dashboard von Grafana: Es enthält keine Felder.</translation>
    </message>
    <message>
        <source>Panel %1</source>
        <translation>Feld %1</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <translation>„%1“: %2</translation>
    </message>
    <message>
        <source>“%1” in “%2”: %3</source>
        <translation>„%1“ in „%2“: %3</translation>
    </message>
    <message>
        <source>Series that are not stacked there are stacked here, if others are.</source>
        <translation>Reihen, die dort nicht gestapelt sind, werden hier gestapelt, wenn andere es sind.</translation>
    </message>
    <message>
        <source>“%1” beside its number is left out.</source>
        <translation>„%1“ neben seiner Zahl ist weggelassen.</translation>
    </message>
    <message>
        <source>The table&apos;s form “%1” is not known here.</source>
        <translation>Die Tabellenform „%1“ ist hier nicht bekannt.</translation>
    </message>
    <message>
        <source>Query %1 computes with other queries on Grafana&apos;s server; it is left out.</source>
        <translation>Abfrage %1 rechnet auf dem Grafana-Server mit anderen Abfragen; sie ist weggelassen.</translation>
    </message>
    <message>
        <source>Query %1 asks a data source of the kind “%2”; it is left out.</source>
        <translation>Abfrage %1 fragt eine Datenquelle der Art „%2“; sie ist weggelassen.</translation>
    </message>
    <message>
        <source>It has no query.</source>
        <translation>Es hat keine Abfrage.</translation>
    </message>
    <message>
        <source>These steps between the data and the picture are not carried out: %1.</source>
        <translation>Diese Schritte zwischen Daten und Bild werden nicht ausgeführt: %1.</translation>
    </message>
    <message>
        <source>The steps between the data and the picture (%1) are carried out in tables only.</source>
        <translation>Die Schritte zwischen Daten und Bild (%1) werden nur in Tabellen ausgeführt.</translation>
    </message>
    <message>
        <source>Its HTML is shown as far as Markdown knows it.</source>
        <translation>Sein HTML wird gezeigt, soweit Markdown es kennt.</translation>
    </message>
    <message>
        <source>The library panel “%1” is not in the file.</source>
        <translation>Das Bibliotheksfeld „%1“ ist nicht in der Datei.</translation>
    </message>
    <message>
        <source>Panels of the kind “%1” are not known here.</source>
        <translation>Felder der Art „%1“ sind hier nicht bekannt.</translation>
    </message>
    <message>
        <source>It takes its data from another panel.</source>
        <translation>Es nimmt seine Daten aus einem anderen Feld.</translation>
    </message>
    <message>
        <source>Its data are made up by Grafana itself.</source>
        <translation>Seine Daten denkt sich Grafana selbst aus.</translation>
    </message>
    <message>
        <source>It asks a data source of the kind “%1”; only Prometheus is asked here.</source>
        <translation>Es fragt eine Datenquelle der Art „%1“; hier wird nur Prometheus gefragt.</translation>
    </message>
    <message>
        <source>It is shown as bars beside each other.</source>
        <translation>Es wird als Balken nebeneinander gezeigt.</translation>
    </message>
    <message>
        <source>It is shown for the page&apos;s time range instead of its own.</source>
        <translation>Es wird für den Zeitraum der Seite statt für seinen eigenen gezeigt.</translation>
    </message>
    <message>
        <source>Its alert is not taken along.</source>
        <translation>Sein Alarm wird nicht übernommen.</translation>
    </message>
    <message>
        <source>Its tabs are shown as rows below each other.</source>
        <translation>Seine Reiter werden als Zeilen untereinander gezeigt.</translation>
    </message>
    <message>
        <source>Not in the layout</source>
        <translation>Nicht im Layout</translation>
    </message>
    <message>
        <source>“%1” is always shown; the condition for it is not followed.</source>
        <translation>„%1“ wird immer gezeigt; die Bedingung dafür wird nicht befolgt.</translation>
    </message>
    <message>
        <source>The layout has a place for “%1”, which is not in the file.</source>
        <translation>Das Layout hat einen Platz für „%1“, das nicht in der Datei ist.</translation>
    </message>
    <message>
        <source>The variable “%1” of the kind “%2” is not taken along; where it is used, its name stays.</source>
        <translation>Die Variable „%1“ der Art „%2“ wird nicht übernommen; wo sie verwendet wird, bleibt ihr Name stehen.</translation>
    </message>
    <message>
        <source>The variable “%1” asks a data source of the kind “%2”; it keeps the values that were chosen when it was saved.</source>
        <translation>Die Variable „%1“ fragt eine Datenquelle der Art „%2“; sie behält die Werte, die beim Speichern gewählt waren.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::GrafanaServer</name>
    <message>
        <source>Grafana answered: %1</source>
        <translation>Grafana hat geantwortet: %1</translation>
    </message>
    <message>
        <source>Check the address of the server and what its token may do.</source>
        <translation>Die Adresse des Servers prüfen, und was sein Token darf.</translation>
    </message>
    <message>
        <source>The server&apos;s list of dashboards cannot be read.</source>
        <translation>Die Liste der Dashboards des Servers ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Environment %1 was created in the namespace %2.</source>
        <translation>Die Umgebung %1 wurde im Namespace %2 angelegt.</translation>
    </message>
    <message>
        <source>Environment %1 in the namespace %2 was removed.</source>
        <translation>Die Umgebung %1 im Namespace %2 wurde entfernt.</translation>
    </message>
    <message>
        <source>The server did not say that it has taken the annotation.</source>
        <translation>Der Server hat nicht bestätigt, dass er die Anmerkung angenommen hat.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::LabelSelector</name>
    <message>
        <source>“%1” is no requirement of a label selector.</source>
        <translation>„%1“ ist keine Bedingung eines Label-Selektors.</translation>
    </message>
    <message>
        <source>Write it as app=prometheus, or app in (prometheus,thanos).</source>
        <translation>Schreiben Sie sie als app=prometheus oder app in (prometheus,thanos).</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::MetricsServer</name>
    <message>
        <source>The answer of metrics-server is cut off or is not JSON.</source>
        <translation>Die Antwort von metrics-server ist abgeschnitten oder kein JSON.</translation>
    </message>
    <message>
        <source>Look at the log of metrics-server in the namespace kube-system.</source>
        <translation>Sehen Sie in das Protokoll von metrics-server im Namespace kube-system.</translation>
    </message>
    <message>
        <source>This cluster has no metrics-server.</source>
        <translation>Dieser Cluster hat keinen metrics-server.</translation>
    </message>
    <message>
        <source>Install metrics-server, or a Prometheus, which knows the past too.</source>
        <translation>Installieren Sie metrics-server, oder ein Prometheus, das auch die Vergangenheit kennt.</translation>
    </message>
    <message>
        <source>metrics-server is installed and does not answer: look at its pods in the namespace kube-system.</source>
        <translation>metrics-server ist installiert und antwortet nicht: Sehen Sie nach seinen Pods im Namespace kube-system.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::PromClient</name>
    <message>
        <source>A time range of %1 in steps of %2 has more than %3 points, which is more than servers give.</source>
        <translation>Ein Zeitraum von %1 in Schritten von %2 hat mehr als %3 Punkte; so viele geben Server nicht her.</translation>
    </message>
    <message>
        <source>Choose a longer step or a shorter time range.</source>
        <translation>Wählen Sie eine größere Schrittweite oder einen kürzeren Zeitraum.</translation>
    </message>
    <message numerus="yes">
        <source>The metrics server&apos;s clock is %n second(s) ahead of this computer&apos;s; times are the server&apos;s.</source>
        <translation>
            <numerusform>Die Uhr des Messwerte-Servers geht gegenüber diesem Rechner %n Sekunde vor; Zeiten sind die des Servers.</numerusform>
            <numerusform>Die Uhr des Messwerte-Servers geht gegenüber diesem Rechner %n Sekunden vor; Zeiten sind die des Servers.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The metrics server&apos;s clock is %n second(s) behind this computer&apos;s; times are the server&apos;s.</source>
        <translation>
            <numerusform>Die Uhr des Messwerte-Servers geht gegenüber diesem Rechner %n Sekunde nach; Zeiten sind die des Servers.</numerusform>
            <numerusform>Die Uhr des Messwerte-Servers geht gegenüber diesem Rechner %n Sekunden nach; Zeiten sind die des Servers.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::metrics::PromFunction</name>
    <message>
        <source>The values without their sign.</source>
        <translation>Die Werte ohne ihr Vorzeichen.</translation>
    </message>
    <message>
        <source>One where there is no series at all, else nothing; for alerts about missing data.</source>
        <translation>Eins, wo es gar keine Reihe gibt, sonst nichts; für Alarme über fehlende Daten.</translation>
    </message>
    <message>
        <source>One where no series had a value in the whole window, else nothing.</source>
        <translation>Eins, wo im ganzen Fenster keine Reihe einen Wert hatte, sonst nichts.</translation>
    </message>
    <message>
        <source>The arc cosine, in radians.</source>
        <translation>Der Arkuskosinus, im Bogenmaß.</translation>
    </message>
    <message>
        <source>The inverse hyperbolic cosine.</source>
        <translation>Der Areakosinus hyperbolicus.</translation>
    </message>
    <message>
        <source>The arc sine, in radians.</source>
        <translation>Der Arkussinus, im Bogenmaß.</translation>
    </message>
    <message>
        <source>The inverse hyperbolic sine.</source>
        <translation>Der Areasinus hyperbolicus.</translation>
    </message>
    <message>
        <source>The arc tangent, in radians.</source>
        <translation>Der Arkustangens, im Bogenmaß.</translation>
    </message>
    <message>
        <source>The inverse hyperbolic tangent.</source>
        <translation>Der Areatangens hyperbolicus.</translation>
    </message>
    <message>
        <source>The mean of all series of a group.</source>
        <translation>Das Mittel aller Reihen einer Gruppe.</translation>
    </message>
    <message>
        <source>The mean of each series&apos; values in the window.</source>
        <translation>Das Mittel der Werte jeder Reihe im Fenster.</translation>
    </message>
    <message>
        <source>The k series of a group with the smallest values.</source>
        <translation>Die k Reihen einer Gruppe mit den kleinsten Werten.</translation>
    </message>
    <message>
        <source>The values rounded up to whole numbers.</source>
        <translation>Die Werte, auf ganze Zahlen aufgerundet.</translation>
    </message>
    <message>
        <source>How often each series&apos; value changed in the window.</source>
        <translation>Wie oft sich der Wert jeder Reihe im Fenster geändert hat.</translation>
    </message>
    <message>
        <source>The values, none below the one and none above the other bound.</source>
        <translation>Die Werte, keiner unter der einen und keiner über der anderen Grenze.</translation>
    </message>
    <message>
        <source>The values, none above the bound.</source>
        <translation>Die Werte, keiner über der Grenze.</translation>
    </message>
    <message>
        <source>The values, none below the bound.</source>
        <translation>Die Werte, keiner unter der Grenze.</translation>
    </message>
    <message>
        <source>The cosine of angles in radians.</source>
        <translation>Der Kosinus von Winkeln im Bogenmaß.</translation>
    </message>
    <message>
        <source>The hyperbolic cosine.</source>
        <translation>Der Kosinus hyperbolicus.</translation>
    </message>
    <message>
        <source>How many series there are in a group.</source>
        <translation>Wie viele Reihen eine Gruppe hat.</translation>
    </message>
    <message>
        <source>How many values each series has in the window.</source>
        <translation>Wie viele Werte jede Reihe im Fenster hat.</translation>
    </message>
    <message>
        <source>How many series of a group have the same value; the value goes into a label.</source>
        <translation>Wie viele Reihen einer Gruppe denselben Wert haben; der Wert kommt in ein Label.</translation>
    </message>
    <message>
        <source>The day of the month of times in seconds, from 1, in UTC.</source>
        <translation>Der Tag des Monats von Zeiten in Sekunden, ab 1, in UTC.</translation>
    </message>
    <message>
        <source>The day of the week of times in seconds, from 0 for Sunday, in UTC.</source>
        <translation>Der Wochentag von Zeiten in Sekunden, ab 0 für Sonntag, in UTC.</translation>
    </message>
    <message>
        <source>The day of the year of times in seconds, from 1, in UTC.</source>
        <translation>Der Tag des Jahres von Zeiten in Sekunden, ab 1, in UTC.</translation>
    </message>
    <message>
        <source>How many days the month of a time in seconds has, in UTC.</source>
        <translation>Wie viele Tage der Monat einer Zeit in Sekunden hat, in UTC.</translation>
    </message>
    <message>
        <source>Radians as degrees.</source>
        <translation>Bogenmaß in Grad.</translation>
    </message>
    <message>
        <source>By how much a gauge changed from the beginning of the window to its end.</source>
        <translation>Um wie viel sich ein Gauge vom Anfang des Fensters bis zu seinem Ende geändert hat.</translation>
    </message>
    <message>
        <source>How fast a gauge changes per second, by linear regression over the window.</source>
        <translation>Wie schnell sich ein Gauge pro Sekunde ändert, durch lineare Regression über das Fenster.</translation>
    </message>
    <message>
        <source>e to the power of the values.</source>
        <translation>e hoch die Werte.</translation>
    </message>
    <message>
        <source>The values rounded down to whole numbers.</source>
        <translation>Die Werte, auf ganze Zahlen abgerundet.</translation>
    </message>
    <message>
        <source>One for every group that there is, whatever its values are.</source>
        <translation>Eins für jede Gruppe, die es gibt, was auch immer ihre Werte sind.</translation>
    </message>
    <message>
        <source>The mean of what native histograms observed.</source>
        <translation>Das Mittel dessen, was native Histogramme beobachtet haben.</translation>
    </message>
    <message>
        <source>How many observations native histograms have.</source>
        <translation>Wie viele Beobachtungen native Histogramme haben.</translation>
    </message>
    <message>
        <source>Which part of the observations of native histograms lies between two bounds.</source>
        <translation>Welcher Teil der Beobachtungen nativer Histogramme zwischen zwei Grenzen liegt.</translation>
    </message>
    <message>
        <source>The value that a part q (0 to 1) of a histogram&apos;s observations does not exceed, from the rates of its buckets.</source>
        <translation>Der Wert, den ein Teil q (0 bis 1) der Beobachtungen eines Histogramms nicht übersteigt, aus den Raten seiner Buckets.</translation>
    </message>
    <message>
        <source>The estimated standard deviation of what native histograms observed.</source>
        <translation>Die geschätzte Standardabweichung dessen, was native Histogramme beobachtet haben.</translation>
    </message>
    <message>
        <source>The estimated variance of what native histograms observed.</source>
        <translation>Die geschätzte Varianz dessen, was native Histogramme beobachtet haben.</translation>
    </message>
    <message>
        <source>The sum of what native histograms observed.</source>
        <translation>Die Summe dessen, was native Histogramme beobachtet haben.</translation>
    </message>
    <message>
        <source>The hour of the day of times in seconds, from 0 to 23, in UTC.</source>
        <translation>Die Stunde des Tages von Zeiten in Sekunden, von 0 bis 23, in UTC.</translation>
    </message>
    <message>
        <source>The difference between a gauge&apos;s last two values in the window.</source>
        <translation>Der Unterschied zwischen den letzten beiden Werten eines Gauges im Fenster.</translation>
    </message>
    <message>
        <source>By how much a counter rose in the window; its restarts are seen to.</source>
        <translation>Um wie viel ein Zähler im Fenster gestiegen ist; seine Neustarts sind berücksichtigt.</translation>
    </message>
    <message>
        <source>How fast a counter rises per second by its last two values; for counters that move fast.</source>
        <translation>Wie schnell ein Zähler nach seinen letzten beiden Werten pro Sekunde steigt; für Zähler, die sich schnell bewegen.</translation>
    </message>
    <message>
        <source>Writes the values of several labels, with a separator between them, into another label.</source>
        <translation>Schreibt die Werte mehrerer Labels, mit einem Trennzeichen dazwischen, in ein anderes Label.</translation>
    </message>
    <message>
        <source>Writes what a regular expression finds in one label into another.</source>
        <translation>Schreibt, was ein regulärer Ausdruck in einem Label findet, in ein anderes.</translation>
    </message>
    <message>
        <source>Each series&apos; newest value in the window.</source>
        <translation>Der neueste Wert jeder Reihe im Fenster.</translation>
    </message>
    <message>
        <source>The natural logarithm.</source>
        <translation>Der natürliche Logarithmus.</translation>
    </message>
    <message>
        <source>The logarithm to base 10.</source>
        <translation>Der Logarithmus zur Basis 10.</translation>
    </message>
    <message>
        <source>The logarithm to base 2.</source>
        <translation>Der Logarithmus zur Basis 2.</translation>
    </message>
    <message>
        <source>The greatest value of a group.</source>
        <translation>Der größte Wert einer Gruppe.</translation>
    </message>
    <message>
        <source>Each series&apos; greatest value in the window.</source>
        <translation>Der größte Wert jeder Reihe im Fenster.</translation>
    </message>
    <message>
        <source>The smallest value of a group.</source>
        <translation>Der kleinste Wert einer Gruppe.</translation>
    </message>
    <message>
        <source>Each series&apos; smallest value in the window.</source>
        <translation>Der kleinste Wert jeder Reihe im Fenster.</translation>
    </message>
    <message>
        <source>The minute of the hour of times in seconds, from 0 to 59, in UTC.</source>
        <translation>Die Minute der Stunde von Zeiten in Sekunden, von 0 bis 59, in UTC.</translation>
    </message>
    <message>
        <source>The month of times in seconds, from 1 to 12, in UTC.</source>
        <translation>Der Monat von Zeiten in Sekunden, von 1 bis 12, in UTC.</translation>
    </message>
    <message>
        <source>The number pi.</source>
        <translation>Die Zahl Pi.</translation>
    </message>
    <message>
        <source>What a gauge will be in t seconds when it goes on as in the window.</source>
        <translation>Was ein Gauge in t Sekunden sein wird, wenn es weitergeht wie im Fenster.</translation>
    </message>
    <message>
        <source>One for every series that has a value in the window.</source>
        <translation>Eins für jede Reihe, die im Fenster einen Wert hat.</translation>
    </message>
    <message>
        <source>The value that a part q (0 to 1) of a group&apos;s series does not exceed.</source>
        <translation>Der Wert, den ein Teil q (0 bis 1) der Reihen einer Gruppe nicht übersteigt.</translation>
    </message>
    <message>
        <source>The value that a part q (0 to 1) of each series&apos; values in the window does not exceed.</source>
        <translation>Der Wert, den ein Teil q (0 bis 1) der Werte jeder Reihe im Fenster nicht übersteigt.</translation>
    </message>
    <message>
        <source>Degrees as radians.</source>
        <translation>Grad im Bogenmaß.</translation>
    </message>
    <message>
        <source>How fast a counter rises per second, on average over the window; its restarts are seen to.</source>
        <translation>Wie schnell ein Zähler pro Sekunde steigt, im Mittel über das Fenster; seine Neustarts sind berücksichtigt.</translation>
    </message>
    <message>
        <source>How often a counter began anew in the window.</source>
        <translation>Wie oft ein Zähler im Fenster von vorn begann.</translation>
    </message>
    <message>
        <source>The values rounded to the nearest multiple of a number.</source>
        <translation>Die Werte, auf das nächste Vielfache einer Zahl gerundet.</translation>
    </message>
    <message>
        <source>The value of the only series as a plain number; no number when there are more, or none.</source>
        <translation>Der Wert der einzigen Reihe als bloße Zahl; keine Zahl, wenn es mehrere oder keine gibt.</translation>
    </message>
    <message>
        <source>The sign of the values: 1, 0 or -1.</source>
        <translation>Das Vorzeichen der Werte: 1, 0 oder -1.</translation>
    </message>
    <message>
        <source>The sine of angles in radians.</source>
        <translation>Der Sinus von Winkeln im Bogenmaß.</translation>
    </message>
    <message>
        <source>The hyperbolic sine.</source>
        <translation>Der Sinus hyperbolicus.</translation>
    </message>
    <message>
        <source>The series by their values, rising; for tables.</source>
        <translation>Die Reihen nach ihren Werten, steigend; für Tabellen.</translation>
    </message>
    <message>
        <source>The series by their values, falling; for tables.</source>
        <translation>Die Reihen nach ihren Werten, fallend; für Tabellen.</translation>
    </message>
    <message>
        <source>The square root.</source>
        <translation>Die Quadratwurzel.</translation>
    </message>
    <message>
        <source>The standard deviation of a group&apos;s series.</source>
        <translation>Die Standardabweichung der Reihen einer Gruppe.</translation>
    </message>
    <message>
        <source>The standard deviation of each series&apos; values in the window.</source>
        <translation>Die Standardabweichung der Werte jeder Reihe im Fenster.</translation>
    </message>
    <message>
        <source>The variance of a group&apos;s series.</source>
        <translation>Die Varianz der Reihen einer Gruppe.</translation>
    </message>
    <message>
        <source>The variance of each series&apos; values in the window.</source>
        <translation>Die Varianz der Werte jeder Reihe im Fenster.</translation>
    </message>
    <message>
        <source>The sum of all series of a group.</source>
        <translation>Die Summe aller Reihen einer Gruppe.</translation>
    </message>
    <message>
        <source>The sum of each series&apos; values in the window.</source>
        <translation>Die Summe der Werte jeder Reihe im Fenster.</translation>
    </message>
    <message>
        <source>The tangent of angles in radians.</source>
        <translation>Der Tangens von Winkeln im Bogenmaß.</translation>
    </message>
    <message>
        <source>The hyperbolic tangent.</source>
        <translation>Der Tangens hyperbolicus.</translation>
    </message>
    <message>
        <source>The time of each point, in seconds since 1970.</source>
        <translation>Die Zeit jedes Punkts, in Sekunden seit 1970.</translation>
    </message>
    <message>
        <source>When each series&apos; value was taken, in seconds since 1970.</source>
        <translation>Wann der Wert jeder Reihe genommen wurde, in Sekunden seit 1970.</translation>
    </message>
    <message>
        <source>The k series of a group with the greatest values.</source>
        <translation>Die k Reihen einer Gruppe mit den größten Werten.</translation>
    </message>
    <message>
        <source>A plain number as a series without labels.</source>
        <translation>Eine bloße Zahl als Reihe ohne Labels.</translation>
    </message>
    <message>
        <source>The year of times in seconds, in UTC.</source>
        <translation>Das Jahr von Zeiten in Sekunden, in UTC.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::PromqlCompletion</name>
    <message>
        <source>aggregation</source>
        <translation>Aggregation</translation>
    </message>
    <message>
        <source>function</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>Groups by these labels and drops the others.</source>
        <translation>Gruppiert nach diesen Labels und lässt die anderen weg.</translation>
    </message>
    <message>
        <source>Groups by all labels but these.</source>
        <translation>Gruppiert nach allen Labels außer diesen.</translation>
    </message>
    <message>
        <source>The series on the left that have a partner on the right.</source>
        <translation>Die Reihen links, die rechts einen Partner haben.</translation>
    </message>
    <message>
        <source>The series on the left, and those on the right that have no partner there.</source>
        <translation>Die Reihen links, und die rechts, die dort keinen Partner haben.</translation>
    </message>
    <message>
        <source>The series on the left that have no partner on the right.</source>
        <translation>Die Reihen links, die rechts keinen Partner haben.</translation>
    </message>
    <message>
        <source>The values of some time ago.</source>
        <translation>Die Werte von vor einiger Zeit.</translation>
    </message>
    <message>
        <source>Partners are alike in these labels.</source>
        <translation>Partner gleichen sich in diesen Labels.</translation>
    </message>
    <message>
        <source>Partners are alike in all labels but these.</source>
        <translation>Partner gleichen sich in allen Labels außer diesen.</translation>
    </message>
    <message>
        <source>Several on the left have the same partner on the right.</source>
        <translation>Mehrere links haben rechts denselben Partner.</translation>
    </message>
    <message>
        <source>Several on the right have the same partner on the left.</source>
        <translation>Mehrere rechts haben links denselben Partner.</translation>
    </message>
    <message>
        <source>The arc tangent of left through right, in radians.</source>
        <translation>Der Arkustangens von links durch rechts, im Bogenmaß.</translation>
    </message>
    <message>
        <source>word</source>
        <translation>Wort</translation>
    </message>
    <message>
        <source>Long enough for rate() at every zoom: at least four scrapes.</source>
        <translation>Bei jedem Zoom lang genug für rate(): mindestens vier Abfragen des Ziels.</translation>
    </message>
    <message>
        <source>A minute.</source>
        <translation>Eine Minute.</translation>
    </message>
    <message>
        <source>Five minutes.</source>
        <translation>Fünf Minuten.</translation>
    </message>
    <message>
        <source>Ten minutes.</source>
        <translation>Zehn Minuten.</translation>
    </message>
    <message>
        <source>Half an hour.</source>
        <translation>Eine halbe Stunde.</translation>
    </message>
    <message>
        <source>An hour.</source>
        <translation>Eine Stunde.</translation>
    </message>
    <message>
        <source>Six hours.</source>
        <translation>Sechs Stunden.</translation>
    </message>
    <message>
        <source>A day.</source>
        <translation>Ein Tag.</translation>
    </message>
    <message>
        <source>A week.</source>
        <translation>Eine Woche.</translation>
    </message>
    <message>
        <source>The distance between two points of the plot.</source>
        <translation>Der Abstand zwischen zwei Punkten des Diagramms.</translation>
    </message>
    <message>
        <source>The whole time that is shown.</source>
        <translation>Die ganze Zeit, die gezeigt wird.</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>metric</source>
        <translation>Metrik</translation>
    </message>
    <message>
        <source>label</source>
        <translation>Label</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::Repeats</name>
    <message>
        <source>“%1” has %2 values; panels are repeated for the first %3 of them.</source>
        <translation>„%1“ hat %2 Werte; Felder werden für die ersten %3 davon wiederholt.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::Silencing</name>
    <message>
        <source>The regular expression for %1 cannot be read: %2.</source>
        <translation>Der reguläre Ausdruck für %1 ist nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>A matcher does not say which label it is about.</source>
        <translation>Eine Bedingung sagt nicht, welches Label sie meint.</translation>
    </message>
    <message>
        <source>Write the label&apos;s name, or remove the line.</source>
        <translation>Den Namen des Labels angeben oder die Zeile entfernen.</translation>
    </message>
    <message>
        <source>The silence does not say which alerts it is for.</source>
        <translation>Die Stummschaltung sagt nicht, für welche Alarme sie gilt.</translation>
    </message>
    <message>
        <source>Give at least one label with a value.</source>
        <translation>Mindestens ein Label mit einem Wert angeben.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::Table</name>
    <message>
        <source>A calculation could not be carried out: it is not known here, or its columns are not there.</source>
        <translation>Eine Berechnung konnte nicht ausgeführt werden: Sie ist hier nicht bekannt, oder ihre Spalten fehlen.</translation>
    </message>
    <message>
        <source>The step “%1” is not carried out.</source>
        <translation>Der Schritt „%1“ wird nicht ausgeführt.</translation>
    </message>
    <message numerus="yes">
        <source>The table has more than %n columns; the others are left out.</source>
        <translation>
            <numerusform>Die Tabelle hat mehr als %n Spalte; die anderen sind weggelassen.</numerusform>
            <numerusform>Die Tabelle hat mehr als %n Spalten; die anderen sind weggelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Query %1 gave more than %2 rows; the others are left out.</source>
        <translation>Abfrage %1 ergab mehr als %2 Zeilen; die anderen sind weggelassen.</translation>
    </message>
    <message>
        <source>Query %1 gave more than %2 series; the others are left out.</source>
        <translation>Abfrage %1 ergab mehr als %2 Reihen; die anderen sind weggelassen.</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::TimeRange</name>
    <message>
        <source>Write &quot;now-6h&quot;, &quot;now/d&quot;, or a date such as &quot;2026-11-26 14:00&quot;.</source>
        <translation>Schreiben Sie „now-6h“, „now/d“ oder ein Datum wie „2026-11-26 14:00“.</translation>
    </message>
    <message numerus="yes">
        <source>Last %n seconds</source>
        <translation>
            <numerusform>Die letzte Sekunde</numerusform>
            <numerusform>Die letzten %n Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n minutes</source>
        <translation>
            <numerusform>Die letzte Minute</numerusform>
            <numerusform>Die letzten %n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n hours</source>
        <translation>
            <numerusform>Die letzte Stunde</numerusform>
            <numerusform>Die letzten %n Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n days</source>
        <translation>
            <numerusform>Der letzte Tag</numerusform>
            <numerusform>Die letzten %n Tage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n weeks</source>
        <translation>
            <numerusform>Die letzte Woche</numerusform>
            <numerusform>Die letzten %n Wochen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n months</source>
        <translation>
            <numerusform>Der letzte Monat</numerusform>
            <numerusform>Die letzten %n Monate</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n years</source>
        <translation>
            <numerusform>Das letzte Jahr</numerusform>
            <numerusform>Die letzten %n Jahre</numerusform>
        </translation>
    </message>
    <message>
        <source>The beginning of the time range is not understood.</source>
        <translation>Der Anfang des Zeitraums ist nicht verständlich.</translation>
    </message>
    <message>
        <source>The end of the time range is not understood.</source>
        <translation>Das Ende des Zeitraums ist nicht verständlich.</translation>
    </message>
    <message>
        <source>The time range ends before it begins.</source>
        <translation>Der Zeitraum endet, bevor er beginnt.</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::Unit</name>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>True</source>
        <translation>Wahr</translation>
    </message>
    <message>
        <source>False</source>
        <translation>Falsch</translation>
    </message>
</context>
<context>
    <name>kdra::metrics::Variables</name>
    <message>
        <source>The regular expression of the variable “%1” cannot be read: %2.</source>
        <translation>Der reguläre Ausdruck der Variablen „%1“ ist nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>Correct it, or leave it out.</source>
        <translation>Ihn berichtigen oder weglassen.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Variables of this dashboard need each other in a circle: %1.</source>
        <translation>Variablen dieses Dashboards brauchen einander im Kreis: %1.</translation>
    </message>
    <message>
        <source>Change the query of one of them so that it does not mention the next.</source>
        <translation>Die Abfrage einer von ihnen so ändern, dass sie die nächste nicht erwähnt.</translation>
    </message>
    <message>
        <source>Write label_values(metric, label), label_names(), metrics(regex) or query_result(PromQL).</source>
        <translation>label_values(metric, label), label_names(), metrics(regex) oder query_result(PromQL) schreiben.</translation>
    </message>
    <message>
        <source>The variable “%1” has no query.</source>
        <translation>Die Variable „%1“ hat keine Abfrage.</translation>
    </message>
    <message>
        <source>The variable “%1” asks for the values of “%2”, which cannot be the name of a label.</source>
        <translation>Die Variable „%1“ fragt nach den Werten von „%2“; das kann nicht der Name eines Labels sein.</translation>
    </message>
</context>
<context>
    <name>kdra::models::EnvironmentModel</name>
    <message>
        <source>%1, %2</source>
        <comment>environment, state</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Restzeit</translation>
    </message>
    <message>
        <source>Placement</source>
        <translation>Platzierung</translation>
    </message>
    <message>
        <source>Pods ready</source>
        <translation>Pods bereit</translation>
    </message>
    <message>
        <source>CPU requested (cores)</source>
        <translation>CPU angefordert (Kerne)</translation>
    </message>
    <message>
        <source>Memory requested (MiB)</source>
        <translation>Speicher angefordert (MiB)</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>CPU used (cores)</source>
        <translation>CPU genutzt (Kerne)</translation>
    </message>
    <message>
        <source>Memory used (MiB)</source>
        <translation>Speicher genutzt (MiB)</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
</context>
<context>
    <name>kdra::models::FleetTreeModel</name>
    <message>
        <source>Control plane</source>
        <translation>Steuerungsebene</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>Arbeitsknoten</translation>
    </message>
    <message>
        <source>Without a site</source>
        <translation>Ohne Standort</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message numerus="yes">
        <source>%n nodes</source>
        <translation>
            <numerusform>%n Knoten</numerusform>
            <numerusform>%n Knoten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::models::FreshnessModel</name>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Arrives by</source>
        <translation>Kommt über</translation>
    </message>
    <message>
        <source>Heard</source>
        <translation>Gehört</translation>
    </message>
    <message>
        <source>WebSocket, streaming list</source>
        <translation>WebSocket, Streaming-Liste</translation>
    </message>
    <message>
        <source>WebSocket</source>
        <translation>WebSocket</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>state, namespace</comment>
        <translation>%1 in %2</translation>
    </message>
</context>
<context>
    <name>kdra::models::Happening</name>
    <message>
        <source>%1 was created</source>
        <translation>%1 wurde angelegt</translation>
    </message>
    <message>
        <source>%1 was created (%2)</source>
        <translation>%1 wurde angelegt (%2)</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>a workload and its new image</comment>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>%1 is not ready</source>
        <translation>%1 ist nicht bereit</translation>
    </message>
    <message>
        <source>%1 is ready</source>
        <translation>%1 ist bereit</translation>
    </message>
    <message>
        <source>%1 was restarted</source>
        <translation>%1 wurde neu gestartet</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a node, and what is wrong with it</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 was heard of for the last time</source>
        <translation>%1 hat sich zum letzten Mal gemeldet</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Rollout</source>
        <translation>Rollout</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>%1 was removed</source>
        <translation>%1 wurde entfernt</translation>
    </message>
</context>
<context>
    <name>kdra::models::NodeLoadColumns</name>
    <message>
        <source>Pods</source>
        <translation>Pods</translation>
    </message>
    <message>
        <source>CPU requested (%)</source>
        <translation>CPU angef. (%)</translation>
    </message>
    <message>
        <source>Memory requested (%)</source>
        <translation>Speicher angef. (%)</translation>
    </message>
    <message>
        <source>%1 of %2 pods</source>
        <translation>%1 von %2 Pods</translation>
    </message>
</context>
<context>
    <name>kdra::models::ObjectSearch</name>
    <message>
        <source>%1  ·  %2</source>
        <comment>name · kind and namespace</comment>
        <translation>%1  ·  %2</translation>
    </message>
</context>
<context>
    <name>kdra::models::TaskModel</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was sie tut</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Wird abgebrochen …</translation>
    </message>
</context>
<context>
    <name>kdra::relations::Diagnosis</name>
    <message>
        <source>%1 %2: %3 of %4 ready.</source>
        <translation>%1 %2: %3 von %4 bereit.</translation>
    </message>
    <message>
        <source>No pod has the labels %1.</source>
        <translation>Kein Pod hat die Labels %1.</translation>
    </message>
    <message>
        <source>Service %1 has no ready pod to send requests to.</source>
        <translation>Service %1 hat keinen bereiten Pod, der Anfragen annehmen könnte.</translation>
    </message>
    <message>
        <source>Ingress %1 routes to service %2, which does not exist.</source>
        <translation>Ingress %1 leitet an den Service %2, den es nicht gibt.</translation>
    </message>
    <message>
        <source>Ingress %1 routes to service %2, which cannot answer.</source>
        <translation>Ingress %1 leitet an den Service %2, der nicht antworten kann.</translation>
    </message>
    <message>
        <source>Claim %1 has lost its volume %2.</source>
        <translation>Claim %1 hat sein Volume %2 verloren.</translation>
    </message>
    <message>
        <source>Claim %1 waits for a volume.</source>
        <translation>Claim %1 wartet auf ein Volume.</translation>
    </message>
    <message>
        <source>Pods of job %1 have failed (%2); it tries again.</source>
        <translation>Pods des Jobs %1 sind fehlgeschlagen (%2); er versucht es erneut.</translation>
    </message>
    <message>
        <source>Job %1 failed.</source>
        <translation>Job %1 ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Job %1 failed: %2.</source>
        <translation>Job %1 ist fehlgeschlagen: %2.</translation>
    </message>
    <message>
        <source>The last run of cron job %1 did not succeed.</source>
        <translation>Der letzte Lauf des CronJobs %1 war nicht erfolgreich.</translation>
    </message>
    <message>
        <source>Cron job %1 is suspended: it starts no new jobs.</source>
        <translation>CronJob %1 ist ausgesetzt: Er startet keine neuen Jobs.</translation>
    </message>
    <message>
        <source>No more pods can be made: %1.</source>
        <translation>Es können keine weiteren Pods angelegt werden: %1.</translation>
    </message>
    <message>
        <source>The cluster says: %1.</source>
        <translation>Der Cluster sagt: %1.</translation>
    </message>
    <message>
        <source>HorizontalPodAutoscaler %1 cannot scale %2.</source>
        <translation>HorizontalPodAutoscaler %1 kann %2 nicht skalieren.</translation>
    </message>
    <message>
        <source>HorizontalPodAutoscaler %1 cannot read its metrics, so %2 stays at %3.</source>
        <translation>HorizontalPodAutoscaler %1 kann seine Messwerte nicht lesen, darum bleibt %2 bei %3.</translation>
    </message>
</context>
<context>
    <name>kdra::relations::Node</name>
    <message>
        <source>Node %1 does not answer.</source>
        <translation>Knoten %1 antwortet nicht.</translation>
    </message>
    <message numerus="yes">
        <source>Node %1 has been silent for %n second(s).</source>
        <translation>
            <numerusform>Knoten %1 schweigt seit %n Sekunde.</numerusform>
            <numerusform>Knoten %1 schweigt seit %n Sekunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Node %1 has been silent for %n minute(s).</source>
        <translation>
            <numerusform>Knoten %1 schweigt seit %n Minute.</numerusform>
            <numerusform>Knoten %1 schweigt seit %n Minuten.</numerusform>
        </translation>
    </message>
    <message>
        <source>The power supply of node %1 is too weak: %2.</source>
        <translation>Die Stromversorgung des Knotens %1 ist zu schwach: %2.</translation>
    </message>
    <message>
        <source>Node %1 is short of memory.</source>
        <translation>Knoten %1 hat zu wenig Speicher.</translation>
    </message>
    <message>
        <source>Node %1 is short of disk space.</source>
        <translation>Knoten %1 hat zu wenig Plattenplatz.</translation>
    </message>
    <message>
        <source>Node %1 is short of process numbers.</source>
        <translation>Knoten %1 hat zu wenige Prozessnummern.</translation>
    </message>
    <message>
        <source>The network of node %1 is not set up.</source>
        <translation>Das Netz des Knotens %1 ist nicht eingerichtet.</translation>
    </message>
    <message>
        <source>Node %1 is not ready.</source>
        <translation>Knoten %1 ist nicht bereit.</translation>
    </message>
    <message>
        <source>Node %1 is not ready: %2.</source>
        <translation>Knoten %1 ist nicht bereit: %2.</translation>
    </message>
    <message>
        <source>Node %1 is cordoned: no new pods are placed on it.</source>
        <translation>Knoten %1 ist gesperrt: Er bekommt keine neuen Pods.</translation>
    </message>
    <message>
        <source>Node %1 reports %2.</source>
        <translation>Knoten %1 meldet %2.</translation>
    </message>
    <message>
        <source>Node %1 reports %2: %3.</source>
        <translation>Knoten %1 meldet %2: %3.</translation>
    </message>
</context>
<context>
    <name>kdra::relations::Pod</name>
    <message>
        <source>A probe fails: %1.</source>
        <translation>Eine Probe schlägt fehl: %1.</translation>
    </message>
    <message>
        <source>The cluster says: %1.</source>
        <translation>Der Cluster sagt: %1.</translation>
    </message>
    <message>
        <source>The image %1 cannot be pulled: %2.</source>
        <translation>Das Image %1 kann nicht geladen werden: %2.</translation>
    </message>
    <message>
        <source>The image %1 cannot be pulled.</source>
        <translation>Das Image %1 kann nicht geladen werden.</translation>
    </message>
    <message numerus="yes">
        <source>A container stops soon after it starts (%n restart(s)).</source>
        <translation>
            <numerusform>Ein Container endet bald nach dem Start (%n Neustart).</numerusform>
            <numerusform>Ein Container endet bald nach dem Start (%n Neustarts).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A container stops soon after it starts (%n restart(s)): %1.</source>
        <translation>
            <numerusform>Ein Container endet bald nach dem Start (%n Neustart): %1.</numerusform>
            <numerusform>Ein Container endet bald nach dem Start (%n Neustarts): %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>No node takes it: %1.</source>
        <translation>Kein Knoten nimmt ihn: %1.</translation>
    </message>
    <message>
        <source>Pod %1 waits for a node.</source>
        <translation>Pod %1 wartet auf einen Knoten.</translation>
    </message>
    <message>
        <source>Pod %1 runs, but is not ready.</source>
        <translation>Pod %1 läuft, ist aber nicht bereit.</translation>
    </message>
    <message>
        <source>Pod %1: %2.</source>
        <translation>Pod %1: %2.</translation>
    </message>
    <message>
        <source>Nobody knows how pod %1 fares on the silent node.</source>
        <translation>Niemand weiß, wie es dem Pod %1 auf dem schweigenden Knoten geht.</translation>
    </message>
    <message>
        <source>Container %1 needed more memory than its limit, and was stopped (OOMKilled).</source>
        <translation>Container %1 brauchte mehr Speicher als seine Grenze erlaubt und wurde beendet (OOMKilled).</translation>
    </message>
    <message>
        <source>Container %1 ended with exit code %2: its command cannot be run.</source>
        <translation>Container %1 endete mit Rückgabewert %2: Sein Befehl kann nicht ausgeführt werden.</translation>
    </message>
    <message>
        <source>Container %1 was killed (exit code 137, SIGKILL).</source>
        <translation>Container %1 wurde abgebrochen (Rückgabewert 137, SIGKILL).</translation>
    </message>
    <message>
        <source>Container %1 crashed (exit code 139, SIGSEGV).</source>
        <translation>Container %1 ist abgestürzt (Rückgabewert 139, SIGSEGV).</translation>
    </message>
    <message>
        <source>Container %1 was asked to end (exit code 143, SIGTERM).</source>
        <translation>Container %1 sollte enden (Rückgabewert 143, SIGTERM).</translation>
    </message>
    <message>
        <source>Container %1 ended with exit code %2; its log may say why.</source>
        <translation>Container %1 endete mit Rückgabewert %2; sein Protokoll sagt vielleicht, warum.</translation>
    </message>
</context>
<context>
    <name>kdra::store::Informer</name>
    <message>
        <source>The server sent something that is not a watch event of %1: %2.</source>
        <translation>Der Server hat etwas geschickt, das kein Watch-Ereignis von %1 ist: %2.</translation>
    </message>
    <message>
        <source>KDRA lists this kind again. If it goes on, a proxy may be changing the answers.</source>
        <translation>KDRA listet diese Art neu auf. Hält es an, verändert vielleicht ein Proxy die Antworten.</translation>
    </message>
    <message>
        <source>The server ended the watch with an error.</source>
        <translation>Der Server hat die Beobachtung mit einem Fehler beendet.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::ActionDialog</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Cluster %1, marked production</source>
        <translation>Cluster %1, als Produktion markiert</translation>
    </message>
    <message>
        <source>Cluster %1</source>
        <translation>Cluster %1</translation>
    </message>
    <message>
        <source>Type %1 to confirm</source>
        <translation>Zum Bestätigen %1 eintippen</translation>
    </message>
</context>
<context>
    <name>kdra::ui::ActionSet</name>
    <message>
        <source>What was selected is gone, or has changed so that this cannot be done any more.</source>
        <translation>Das Ausgewählte ist weg oder hat sich so geändert, dass das nicht mehr geht.</translation>
    </message>
    <message>
        <source>Look at it again, then decide.</source>
        <translation>Sehen Sie es sich noch einmal an und entscheiden Sie dann.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::AddPanelDialog</name>
    <message>
        <source>Add to my dashboard</source>
        <translation>Zu meinem Dashboard</translation>
    </message>
    <message>
        <source>A new dashboard</source>
        <translation>Ein neues Dashboard</translation>
    </message>
    <message>
        <source>My dashboard</source>
        <translation>Mein Dashboard</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Title of the panel:</source>
        <translation>&amp;Titel des Panels:</translation>
    </message>
    <message>
        <source>&amp;Dashboard:</source>
        <translation>&amp;Dashboard:</translation>
    </message>
    <message>
        <source>&amp;Name of the new one:</source>
        <translation>&amp;Name des neuen:</translation>
    </message>
</context>
<context>
    <name>kdra::ui::AlertDesk</name>
    <message>
        <source>There is no Alertmanager that could silence anything.</source>
        <translation>Es gibt keinen Alertmanager, der etwas stummschalten könnte.</translation>
    </message>
    <message>
        <source>This cluster is read-only: KDRA refuses everything that would change it.</source>
        <translation>Dieser Cluster ist schreibgeschützt: KDRA verweigert alles, was ihn ändern würde.</translation>
    </message>
    <message>
        <source>This cluster has no Alertmanager that KDRA can find: what is shown comes from the rules of Prometheus alone, and nothing can be silenced. The button above tells where one is.</source>
        <translation>KDRA findet in diesem Cluster keinen Alertmanager: Gezeigt wird nur, was die Regeln von Prometheus melden, und nichts lässt sich stummschalten. Mit dem Knopf darüber lässt sich angeben, wo einer ist.</translation>
    </message>
    <message>
        <source>No Alertmanager answers, so nothing can be silenced: %1</source>
        <translation>Kein Alertmanager antwortet, also lässt sich nichts stummschalten: %1</translation>
    </message>
    <message>
        <source>There is no source of alerts</source>
        <translation>Es gibt keine Quelle für Alarme</translation>
    </message>
    <message>
        <source>Alerts come from the rules of a Prometheus, and none is known for this cluster.</source>
        <translation>Alarme kommen von den Regeln eines Prometheus, und für diesen Cluster ist keiner bekannt.</translation>
    </message>
    <message>
        <source>No cluster is open.</source>
        <translation>Es ist kein Cluster geöffnet.</translation>
    </message>
    <message>
        <source>The source of alerts does not answer</source>
        <translation>Die Quelle der Alarme antwortet nicht</translation>
    </message>
    <message>
        <source>Asking for alerts</source>
        <translation>Alarme werden abgefragt</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>The alerts could not be silenced</source>
        <translation>Die Alarme konnten nicht stummgeschaltet werden</translation>
    </message>
    <message>
        <source>The silence could not be ended</source>
        <translation>Die Stummschaltung konnte nicht beendet werden</translation>
    </message>
    <message>
        <source>What the alert is about is not there</source>
        <translation>Das, worum es im Alarm geht, ist nicht da</translation>
    </message>
    <message>
        <source>The cluster has no such object (any longer): %1.</source>
        <translation>Der Cluster hat kein solches Objekt (mehr): %1.</translation>
    </message>
    <message>
        <source>The alert ends when Prometheus sees that, too.</source>
        <translation>Der Alarm endet, sobald auch Prometheus das bemerkt.</translation>
    </message>
    <message>
        <source>The alerts of %1 are not known</source>
        <translation>Die Alarme von %1 sind nicht bekannt</translation>
    </message>
    <message>
        <source>The alerts of %1 are known again</source>
        <translation>Die Alarme von %1 sind wieder bekannt</translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n Alarm</numerusform>
            <numerusform>%n Alarme</numerusform>
        </translation>
    </message>
    <message>
        <source>The credentials for Alertmanager could not be read</source>
        <translation>Die Zugangsdaten für Alertmanager konnten nicht gelesen werden</translation>
    </message>
    <message>
        <source>The credentials for Alertmanager are used until KDRA ends, and could not be kept</source>
        <translation>Die Zugangsdaten für Alertmanager gelten bis zum Ende von KDRA und konnten nicht gespeichert werden</translation>
    </message>
</context>
<context>
    <name>kdra::ui::AlertDetails</name>
    <message>
        <source>Select an alert to see what it is about.</source>
        <translation>Einen Alarm auswählen, um zu sehen, worum es geht.</translation>
    </message>
    <message>
        <source>Silence…</source>
        <translation>Stummschalten …</translation>
    </message>
    <message>
        <source>Expire silence</source>
        <translation>Stummschaltung beenden</translation>
    </message>
    <message>
        <source>Show where</source>
        <translation>Ort zeigen</translation>
    </message>
    <message>
        <source>Show the query</source>
        <translation>Abfrage zeigen</translation>
    </message>
    <message>
        <source>Open the runbook</source>
        <translation>Anleitung öffnen</translation>
    </message>
    <message>
        <source>Details of the alert</source>
        <translation>Einzelheiten des Alarms</translation>
    </message>
    <message>
        <source>Select it on the canvas, or among the environments</source>
        <translation>Auf der Zeichenfläche oder bei den Umgebungen auswählen</translation>
    </message>
    <message>
        <source>for %1 (since %2)</source>
        <comment>an age, a date and time</comment>
        <translation>seit %1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>Expire %n silence(s)</source>
        <translation>
            <numerusform>%n Stummschaltung beenden</numerusform>
            <numerusform>%n Stummschaltungen beenden</numerusform>
        </translation>
    </message>
    <message>
        <source>Query of the alert&apos;s rule</source>
        <translation>Abfrage der Regel des Alarms</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Told to</source>
        <translation>Gemeldet an</translation>
    </message>
    <message>
        <source>Alertmanager</source>
        <translation>Alertmanager</translation>
    </message>
    <message>
        <source>It has not heard of this alert, so nobody is told.</source>
        <translation>Er weiß nichts von diesem Alarm, also erfährt niemand davon.</translation>
    </message>
    <message>
        <source>Silenced</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>by %1 until %2: %3</source>
        <comment>a user, a date and time, a comment</comment>
        <translation>von %1 bis %2: %3</translation>
    </message>
    <message>
        <source>Inhibited by</source>
        <translation>Unterdrückt von</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>Abfrage</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Annotations</source>
        <translation>Annotationen</translation>
    </message>
</context>
<context>
    <name>kdra::ui::AlertFeed</name>
    <message>
        <source>Alertmanager has not answered for %1, so nobody is told of alerts, and which are silenced may have changed: %2</source>
        <translation>Alertmanager antwortet seit %1 nicht: Niemand erfährt von Alarmen, und welche stumm sind, kann sich geändert haben: %2</translation>
    </message>
</context>
<context>
    <name>kdra::ui::AlertLine</name>
    <message>
        <source>What fires on it</source>
        <translation>Was dort Alarm gibt</translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n Alarm</numerusform>
            <numerusform>%n Alarme</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>how many alerts, the worst of them</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Shows it among all alerts.</source>
        <translation>Zeigt ihn unter allen Alarmen.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::AlertModel</name>
    <message>
        <source>No particular place</source>
        <translation>Kein bestimmter Ort</translation>
    </message>
    <message>
        <source>%1  (%2)</source>
        <comment>a group of alerts, and how many they are</comment>
        <translation>%1  (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n alert(s)</source>
        <translation>
            <numerusform>%1, %n Alarm</numerusform>
            <numerusform>%1, %n Alarme</numerusform>
        </translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
</context>
<context>
    <name>kdra::ui::AlertWords</name>
    <message>
        <source>Firing</source>
        <translation>Ausgelöst</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>Bahnt sich an</translation>
    </message>
    <message>
        <source>Silenced</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Inhibited</source>
        <translation>Unterdrückt</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>Kritisch</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>No severity</source>
        <translation>Ohne Schwere</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <comment>a pod, a node</comment>
        <translation>%1 auf %2</translation>
    </message>
</context>
<context>
    <name>kdra::ui::AlertsPage</name>
    <message>
        <source>There is no source of alerts</source>
        <translation>Es gibt keine Quelle für Alarme</translation>
    </message>
    <message>
        <source>There is no Alertmanager.</source>
        <translation>Es gibt keinen Alertmanager.</translation>
    </message>
    <message>
        <source>Filter by name, place or label</source>
        <translation>Filtern nach Name, Ort oder Label</translation>
    </message>
    <message>
        <source>Filter of the alerts</source>
        <translation>Filter der Alarme</translation>
    </message>
    <message>
        <source>What the alerts are grouped by</source>
        <translation>Wonach die Alarme gruppiert sind</translation>
    </message>
    <message>
        <source>By severity</source>
        <translation>Nach Schwere</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>By place</source>
        <translation>Nach Ort</translation>
    </message>
    <message>
        <source>Notifications…</source>
        <translation>Benachrichtigungen …</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Choose a source…</source>
        <translation>Quelle wählen …</translation>
    </message>
    <message>
        <source>No Alertmanager</source>
        <translation>Kein Alertmanager</translation>
    </message>
    <message>
        <source>Where alerts are silenced</source>
        <translation>Wo Alarme stummgeschaltet werden</translation>
    </message>
    <message>
        <source>Where alerts are silenced: %1</source>
        <translation>Wo Alarme stummgeschaltet werden: %1</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <comment>a state of alerts, how many they are</comment>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>Show those in the state %1: %2</source>
        <translation>Die im Zustand „%1“ zeigen: %2</translation>
    </message>
    <message>
        <source>None of the alerts is shown</source>
        <translation>Keiner der Alarme wird gezeigt</translation>
    </message>
    <message>
        <source>Nothing is firing</source>
        <translation>Kein Alarm</translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s) are hidden by the filter or by their state.</source>
        <translation>
            <numerusform>%n Alarm ist durch den Filter oder seinen Zustand verborgen.</numerusform>
            <numerusform>%n Alarme sind durch den Filter oder ihren Zustand verborgen.</numerusform>
        </translation>
    </message>
    <message>
        <source>No rule of this cluster&apos;s Prometheus has anything to say.</source>
        <translation>Keine Regel des Prometheus dieses Clusters hat etwas zu melden.</translation>
    </message>
    <message>
        <source>live</source>
        <translation>live</translation>
    </message>
    <message>
        <source>%1 old</source>
        <comment>an age</comment>
        <translation>%1 alt</translation>
    </message>
    <message>
        <source>As of %1. The alert that always fires is there, so the way from Prometheus to here works.</source>
        <translation>Stand: %1. Der Alarm, der immer ausgelöst ist, ist da: Der Weg von Prometheus hierher funktioniert.</translation>
    </message>
    <message>
        <source>As of %1.</source>
        <translation>Stand: %1.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::BookmarkDialog</name>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
</context>
<context>
    <name>kdra::ui::Canvas</name>
    <message>
        <source>Topology</source>
        <translation>Topologie</translation>
    </message>
    <message>
        <source>Topology of %1</source>
        <translation>Topologie von %1</translation>
    </message>
    <message>
        <source>There are too many related pods to draw all of them.</source>
        <translation>Es sind zu viele verbundene Pods, um alle zu zeichnen.</translation>
    </message>
    <message numerus="yes">
        <source>%n more relations are not drawn.</source>
        <translation>
            <numerusform>%n weitere Beziehung ist nicht gezeichnet.</numerusform>
            <numerusform>%n weitere Beziehungen sind nicht gezeichnet.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is picked up.</source>
        <translation>%1 ist aufgenommen.</translation>
    </message>
    <message>
        <source>Nothing was dropped.</source>
        <translation>Nichts wurde abgelegt.</translation>
    </message>
    <message>
        <source>Arrow keys choose, Page Up and Page Down go between site and node. Tab goes to the fleet. Enter drops, Esc cancels.</source>
        <translation>Pfeiltasten wählen, Bild auf und Bild ab wechseln zwischen Standort und Knoten. Tab geht zur Flotte. Eingabe legt ab, Esc bricht ab.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::CanvasTools</name>
    <message>
        <source>Relations</source>
        <translation>Beziehungen</translation>
    </message>
    <message>
        <source>Show what the selection is related to, and fade all else (Shift+R)</source>
        <translation>Zeigen, womit die Auswahl zu tun hat, und alles andere blass (Umschalt+R)</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Views of the topology to come back to</source>
        <translation>Ansichten der Topologie, um zu ihnen zurückzukehren</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Write the topology as a picture</source>
        <translation>Die Topologie als Bild schreiben</translation>
    </message>
    <message>
        <source>Keep this view…</source>
        <translation>Diese Ansicht behalten…</translation>
    </message>
    <message>
        <source>Rename or delete views…</source>
        <translation>Ansichten umbenennen oder löschen…</translation>
    </message>
    <message>
        <source>Export what is seen…</source>
        <translation>Exportieren, was zu sehen ist…</translation>
    </message>
    <message>
        <source>Export the whole topology…</source>
        <translation>Die ganze Topologie exportieren…</translation>
    </message>
    <message>
        <source>Keep this view</source>
        <translation>Diese Ansicht behalten</translation>
    </message>
    <message>
        <source>Name of the view:</source>
        <translation>Name der Ansicht:</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>The view “%1” is of the node %2, which is not there any more.</source>
        <translation>Die Ansicht „%1“ zeigt den Knoten %2, den es nicht mehr gibt.</translation>
    </message>
    <message>
        <source>Export the whole topology</source>
        <translation>Die ganze Topologie exportieren</translation>
    </message>
    <message>
        <source>Export what is seen</source>
        <translation>Exportieren, was zu sehen ist</translation>
    </message>
    <message>
        <source>Picture of twice the size (*.png)</source>
        <translation>Bild in doppelter Größe (*.png)</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>Bild (*.png)</translation>
    </message>
    <message>
        <source>Drawing (*.svg)</source>
        <translation>Zeichnung (*.svg)</translation>
    </message>
    <message>
        <source>Document (*.pdf)</source>
        <translation>Dokument (*.pdf)</translation>
    </message>
    <message>
        <source>The picture before is still being written.</source>
        <translation>Das Bild davor wird noch geschrieben.</translation>
    </message>
    <message>
        <source>%1, grouped by: %2</source>
        <comment>cluster and grouping of a picture</comment>
        <translation>%1, gruppiert nach: %2</translation>
    </message>
    <message>
        <source>The picture is in %1.</source>
        <translation>Das Bild ist in %1.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::CellPainter</name>
    <message>
        <source>%1/%2 ready</source>
        <translation>%1/%2 bereit</translation>
    </message>
</context>
<context>
    <name>kdra::ui::ChartDialog</name>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import the chart %1 %2</source>
        <translation>Das Chart %1 %2 importieren</translation>
    </message>
    <message>
        <source>These values of the chart are settled now, for every environment that is made of the template.</source>
        <translation>Diese Werte des Charts werden jetzt festgelegt, für jede Umgebung, die aus der Vorlage entsteht.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::ChipBlocks</name>
    <message>
        <source>and</source>
        <translation>und</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
</context>
<context>
    <name>kdra::ui::ChoicePopover</name>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
</context>
<context>
    <name>kdra::ui::ClusterHeader</name>
    <message>
        <source>%1, %2</source>
        <comment>numbers of nodes and of pods</comment>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln node(s)</source>
        <translation>
            <numerusform>%Ln Knoten</numerusform>
            <numerusform>%Ln Knoten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pod(s)</source>
        <translation>
            <numerusform>%Ln Pod</numerusform>
            <numerusform>%Ln Pods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failing</source>
        <comment>pods</comment>
        <translation>
            <numerusform>%Ln gestört</numerusform>
            <numerusform>%Ln gestört</numerusform>
        </translation>
    </message>
    <message>
        <source>Disconnected, %1 old</source>
        <translation>Getrennt, %1 alt</translation>
    </message>
    <message>
        <source>What is shown is old: the connection is being repaired.</source>
        <translation>Was zu sehen ist, ist alt: Die Verbindung wird wiederhergestellt.</translation>
    </message>
    <message>
        <source>Current cluster: %1</source>
        <translation>Aktueller Cluster: %1</translation>
    </message>
    <message>
        <source>Cluster: %1</source>
        <translation>Cluster: %1</translation>
    </message>
</context>
<context>
    <name>kdra::ui::ClusterPanes</name>
    <message>
        <source>Connecting to %1</source>
        <translation>Verbinde mit %1</translation>
    </message>
</context>
<context>
    <name>kdra::ui::CommandPalette</name>
    <message>
        <source>Search, or run a command</source>
        <translation>Suchen oder Befehl ausführen</translation>
    </message>
    <message>
        <source>Search, or run a command…</source>
        <translation>Suchen oder Befehl ausführen …</translation>
    </message>
    <message>
        <source>Pods that match “%1”</source>
        <translation>Pods, die zu „%1“ passen</translation>
    </message>
</context>
<context>
    <name>kdra::ui::CreateSheet</name>
    <message>
        <source>Clone %1</source>
        <translation>%1 klonen</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>%1 ändern</translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation>%1 verschieben</translation>
    </message>
    <message>
        <source>Create %1</source>
        <translation>%1 anlegen</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Cluster %1, marked production</source>
        <translation>Cluster %1, als Produktion markiert</translation>
    </message>
    <message>
        <source>Cluster %1</source>
        <translation>Cluster %1</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Placement</source>
        <translation>Platzierung</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Time to live</source>
        <translation>Lebensdauer</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Type %1 to confirm</source>
        <translation>Zum Bestätigen %1 eintippen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1 anyway</source>
        <comment>verb</comment>
        <translation>Trotzdem: %1</translation>
    </message>
    <message>
        <source>The cluster is marked read-only.</source>
        <translation>Der Cluster ist als schreibgeschützt markiert.</translation>
    </message>
    <message>
        <source>The plan is being made…</source>
        <translation>Der Plan wird erstellt …</translation>
    </message>
    <message>
        <source>%1 works outside of the namespace: tick its box if that is what you want.</source>
        <translation>%1 wirkt außerhalb des Namespace: Setzen Sie den Haken, wenn Sie das wollen.</translation>
    </message>
    <message>
        <source>Type %1 to confirm.</source>
        <translation>Zum Bestätigen %1 eintippen.</translation>
    </message>
    <message>
        <source>Ctrl+Return</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>Change %1 of %2</source>
        <translation>%1 von %2 ändern</translation>
    </message>
    <message>
        <source>Add %1 to %2</source>
        <comment>template and environment</comment>
        <translation>%1 zu %2 hinzufügen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Name of what is added</source>
        <translation>Name dessen, was hinzukommt</translation>
    </message>
    <message>
        <source>Host name</source>
        <translation>Hostname</translation>
    </message>
    <message>
        <source>What was added to it goes along, unless it was placed elsewhere.</source>
        <translation>Was hinzugefügt wurde, geht mit, sofern es nicht anderswo platziert wurde.</translation>
    </message>
    <message>
        <source>With this change, these objects of %1 are deleted.</source>
        <translation>Mit dieser Änderung werden diese Objekte von %1 gelöscht.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::DashboardDesk</name>
    <message>
        <source>The file cannot be read: %1</source>
        <translation>Die Datei kann nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>Check that it is there and that you may read it.</source>
        <translation>Prüfen Sie, ob sie da ist und Sie sie lesen dürfen.</translation>
    </message>
    <message>
        <source>%1: %2 of %3 panels are shown as they were meant.</source>
        <translation>%1: %2 von %3 Feldern werden so gezeigt, wie sie gemeint sind.</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>The built-in dashboards cannot be read</source>
        <translation>Die eingebauten Dashboards können nicht gelesen werden</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>Eingebaut</translation>
    </message>
    <message>
        <source>My dashboards</source>
        <translation>Meine Dashboards</translation>
    </message>
    <message>
        <source>In this cluster</source>
        <translation>In diesem Cluster</translation>
    </message>
    <message>
        <source>Import dashboards</source>
        <translation>Dashboards importieren</translation>
    </message>
    <message>
        <source>Dashboards of Grafana or KDRA (*.json)</source>
        <translation>Dashboards von Grafana oder KDRA (*.json)</translation>
    </message>
    <message>
        <source>Imported: %1</source>
        <translation>Importiert: %1</translation>
    </message>
    <message>
        <source>The dashboards could not be imported</source>
        <translation>Die Dashboards konnten nicht importiert werden</translation>
    </message>
    <message>
        <source>Export “%1” for Grafana</source>
        <translation>„%1“ für Grafana exportieren</translation>
    </message>
    <message>
        <source>The file cannot be written: %1</source>
        <translation>Die Datei kann nicht geschrieben werden: %1</translation>
    </message>
    <message>
        <source>Choose a folder in which you may write.</source>
        <translation>Wählen Sie einen Ordner, in dem Sie schreiben dürfen.</translation>
    </message>
    <message>
        <source>The dashboard was exported</source>
        <translation>Das Dashboard wurde exportiert</translation>
    </message>
    <message>
        <source>The dashboard could not be exported</source>
        <translation>Das Dashboard konnte nicht exportiert werden</translation>
    </message>
    <message>
        <source>The panel was added to “%1”</source>
        <translation>Das Panel ist jetzt in „%1“</translation>
    </message>
    <message>
        <source>The dashboard could not be saved</source>
        <translation>Das Dashboard konnte nicht gespeichert werden</translation>
    </message>
    <message>
        <source>Remove dashboard</source>
        <translation>Dashboard entfernen</translation>
    </message>
    <message>
        <source>Remove “%1” from your dashboards?</source>
        <translation>„%1“ aus Ihren Dashboards entfernen?</translation>
    </message>
    <message>
        <source>Its file is deleted from %1. What is shared in a cluster stays there.</source>
        <translation>Seine Datei wird aus %1 gelöscht. Was in einem Cluster geteilt ist, bleibt dort.</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>The dashboard could not be removed</source>
        <translation>Das Dashboard konnte nicht entfernt werden</translation>
    </message>
    <message>
        <source>Share “%1” in the cluster</source>
        <translation>„%1“ im Cluster teilen</translation>
    </message>
    <message>
        <source>Another cluster is shown now.</source>
        <translation>Es wird jetzt ein anderer Cluster gezeigt.</translation>
    </message>
    <message>
        <source>Open this again for the cluster that is meant.</source>
        <translation>Öffnen Sie dies für den gemeinten Cluster neu.</translation>
    </message>
    <message>
        <source>The dashboard is shared</source>
        <translation>Das Dashboard ist geteilt</translation>
    </message>
    <message>
        <source>ConfigMap %1 in the namespace %2</source>
        <translation>ConfigMap %1 im Namespace %2</translation>
    </message>
    <message>
        <source>These dashboards cannot be read</source>
        <translation>Diese Dashboards können nicht gelesen werden</translation>
    </message>
    <message>
        <source>Not imported: %1</source>
        <translation>Nicht importiert: %1</translation>
    </message>
    <message>
        <source>Import a folder of dashboards</source>
        <translation>Einen Ordner mit Dashboards importieren</translation>
    </message>
    <message>
        <source>No dashboard was imported</source>
        <translation>Kein Dashboard wurde importiert</translation>
    </message>
    <message>
        <source>The folder holds no files that end in .json.</source>
        <translation>Der Ordner enthält keine Dateien, die auf .json enden.</translation>
    </message>
    <message>
        <source>Choose the folder that the dashboards were exported to.</source>
        <translation>Wählen Sie den Ordner, in den die Dashboards exportiert wurden.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::DashboardGrid</name>
    <message>
        <source>Panels</source>
        <translation>Felder</translation>
    </message>
</context>
<context>
    <name>kdra::ui::DeleteDialog</name>
    <message>
        <source>Asking the server what goes with it…</source>
        <translation>Der Server wird gefragt, was mit ihr verschwindet …</translation>
    </message>
    <message>
        <source>Type %1 to confirm</source>
        <translation>Zum Bestätigen %1 eintippen</translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation>Zurückrollen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Roll back %1</source>
        <translation>%1 zurückrollen</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>For 10 seconds nothing happens yet: until then it can be undone in the list of tasks.</source>
        <translation>10 Sekunden lang geschieht noch nichts: Bis dahin lässt es sich in der Aufgabenliste rückgängig machen.</translation>
    </message>
    <message>
        <source>What goes with it</source>
        <translation>Was mit ihr verschwindet</translation>
    </message>
    <message>
        <source>The cluster is marked production.</source>
        <translation>Der Cluster ist als Produktion markiert.</translation>
    </message>
    <message>
        <source>It is not known what goes with it.</source>
        <translation>Was mit ihr verschwindet, ist nicht bekannt.</translation>
    </message>
    <message numerus="yes">
        <source>Its namespace %1 goes with everything in it: %n object(s) of the environment.</source>
        <translation>
            <numerusform>Ihr Namespace %1 verschwindet mit allem darin: %n Objekt der Umgebung.</numerusform>
            <numerusform>Ihr Namespace %1 verschwindet mit allem darin: %n Objekte der Umgebung.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) of the environment go; the namespace %1 stays.</source>
        <translation>
            <numerusform>%n Objekt der Umgebung verschwindet; der Namespace %1 bleibt.</numerusform>
            <numerusform>%n Objekte der Umgebung verschwinden; der Namespace %1 bleibt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Data that is lost</source>
        <translation>Daten, die verloren gehen</translation>
    </message>
    <message>
        <source>In its namespace, made by others</source>
        <translation>In ihrem Namespace, von anderen angelegt</translation>
    </message>
    <message>
        <source>The environment</source>
        <translation>Die Umgebung</translation>
    </message>
    <message>
        <source>What goes with it could not be read: %1</source>
        <translation>Was mit ihr verschwindet, konnte nicht gelesen werden: %1</translation>
    </message>
</context>
<context>
    <name>kdra::ui::Describe</name>
    <message>
        <source>server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>control plane</source>
        <translation>Steuerungsebene</translation>
    </message>
    <message>
        <source>not listed, known by its pods only</source>
        <translation>nicht aufgelistet, nur durch seine Pods bekannt</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>NotReady</source>
        <translation>nicht bereit</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>stumm</translation>
    </message>
    <message numerus="yes">
        <source>%n failing</source>
        <translation>
            <numerusform>%n gestört</numerusform>
            <numerusform>%n gestört</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with a warning</source>
        <translation>
            <numerusform>%n mit Warnung</numerusform>
            <numerusform>%n mit Warnung</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n progressing</source>
        <translation>
            <numerusform>%n im Gange</numerusform>
            <numerusform>%n im Gange</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unknown</source>
        <translation>
            <numerusform>%n unbekannt</numerusform>
            <numerusform>%n unbekannt</numerusform>
        </translation>
    </message>
    <message>
        <source>all healthy</source>
        <translation>alle gesund</translation>
    </message>
    <message numerus="yes">
        <source>%n pods</source>
        <translation>
            <numerusform>%n Pod</numerusform>
            <numerusform>%n Pods</numerusform>
        </translation>
    </message>
    <message>
        <source>Pending, not yet on a node</source>
        <translation>Wartend, noch auf keinem Knoten</translation>
    </message>
    <message>
        <source>CPU requested: %1 of %2 cores</source>
        <translation>CPU angefordert: %1 von %2 Kernen</translation>
    </message>
    <message>
        <source>Memory requested: %1 of %2</source>
        <translation>Speicher angefordert: %1 von %2</translation>
    </message>
    <message>
        <source>%1, %2 of %3 containers ready, %4 restarts</source>
        <translation>%1, %2 von %3 Containern bereit, %4 Neustarts</translation>
    </message>
    <message>
        <source>%1 of %2 ready</source>
        <translation>%1 von %2 bereit</translation>
    </message>
    <message>
        <source>group</source>
        <translation>Gruppe</translation>
    </message>
    <message numerus="yes">
        <source>%n workloads</source>
        <translation>
            <numerusform>%n Workload</numerusform>
            <numerusform>%n Workloads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n nodes</source>
        <translation>
            <numerusform>%n Knoten</numerusform>
            <numerusform>%n Knoten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n silent</source>
        <translation>
            <numerusform>%n schweigt</numerusform>
            <numerusform>%n schweigen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not ready</source>
        <translation>
            <numerusform>%n nicht bereit</numerusform>
            <numerusform>%n nicht bereit</numerusform>
        </translation>
    </message>
    <message>
        <source>pod in %1</source>
        <translation>Pod in %1</translation>
    </message>
    <message>
        <source>%1 of %2 containers ready</source>
        <translation>%1 von %2 Containern bereit</translation>
    </message>
    <message numerus="yes">
        <source>%n restarts</source>
        <translation>
            <numerusform>%n Neustart</numerusform>
            <numerusform>%n Neustarts</numerusform>
        </translation>
    </message>
    <message>
        <source>on %1</source>
        <translation>auf %1</translation>
    </message>
    <message>
        <source>CPU requested: %1 cores</source>
        <translation>CPU angefordert: %1 Kerne</translation>
    </message>
    <message>
        <source>Memory requested: %1</source>
        <translation>Speicher angefordert: %1</translation>
    </message>
    <message>
        <source>Image: %1</source>
        <translation>Image: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n Alarm</numerusform>
            <numerusform>%n Alarme</numerusform>
        </translation>
    </message>
    <message>
        <source>Alert: %1</source>
        <translation>Alarm: %1</translation>
    </message>
</context>
<context>
    <name>kdra::ui::DifferenceDialog</name>
    <message>
        <source>made anew</source>
        <translation>neu angelegt</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>stays as it is</source>
        <translation>bleibt, wie es ist</translation>
    </message>
    <message>
        <source>Only what the server notes for itself changes.</source>
        <translation>Es ändert sich nur, was der Server für sich selbst vermerkt.</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Der Server wird gefragt …</translation>
    </message>
    <message>
        <source>What the server would do</source>
        <translation>Was der Server tun würde</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>Was aus ihm wird</translation>
    </message>
    <message>
        <source>Changes of the object</source>
        <translation>Änderungen am Objekt</translation>
    </message>
    <message numerus="yes">
        <source>%n refused</source>
        <comment>objects</comment>
        <translation>
            <numerusform>%n abgelehnt</numerusform>
            <numerusform>%n abgelehnt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n made anew</source>
        <comment>objects</comment>
        <translation>
            <numerusform>%n neu angelegt</numerusform>
            <numerusform>%n neu angelegt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <comment>objects</comment>
        <translation>
            <numerusform>%n geändert</numerusform>
            <numerusform>%n geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deleted</source>
        <comment>objects</comment>
        <translation>
            <numerusform>%n gelöscht</numerusform>
            <numerusform>%n gelöscht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n as before</source>
        <comment>objects</comment>
        <translation>
            <numerusform>%n wie zuvor</numerusform>
            <numerusform>%n wie zuvor</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing to do.</source>
        <translation>Es gibt nichts zu tun.</translation>
    </message>
    <message>
        <source>The server has checked it, and nothing was changed: %1.</source>
        <translation>Der Server hat es geprüft, geändert wurde nichts: %1.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::DoctorPage</name>
    <message>
        <source>&amp;Run again</source>
        <translation>&amp;Erneut ausführen</translation>
    </message>
    <message>
        <source>&amp;Copy as text</source>
        <translation>Als Text &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>Connection doctor</source>
        <translation>Verbindungsdoktor</translation>
    </message>
    <message>
        <source>Without tokens, passwords and keys: fit for a bug report.</source>
        <translation>Ohne Token, Passwörter und Schlüssel: geeignet für einen Fehlerbericht.</translation>
    </message>
    <message>
        <source>There is no cluster to examine.</source>
        <translation>Es gibt keinen Cluster zu untersuchen.</translation>
    </message>
    <message>
        <source>Examining the way to the cluster…</source>
        <translation>Der Weg zum Cluster wird untersucht …</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) failed.</source>
        <translation>
            <numerusform>%n Schritt ist fehlgeschlagen.</numerusform>
            <numerusform>%n Schritte sind fehlgeschlagen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The cluster can be reached; %n thing(s) need attention.</source>
        <translation>
            <numerusform>Der Cluster ist erreichbar; %n Punkt braucht Aufmerksamkeit.</numerusform>
            <numerusform>Der Cluster ist erreichbar; %n Punkte brauchen Aufmerksamkeit.</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything is in order.</source>
        <translation>Alles ist in Ordnung.</translation>
    </message>
    <message>
        <source>The examination was cancelled.</source>
        <translation>Die Untersuchung wurde abgebrochen.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::DoctorStepRow</name>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Details of %1, %2</source>
        <translation>Einzelheiten zu %1, %2</translation>
    </message>
</context>
<context>
    <name>kdra::ui::DrainDialog</name>
    <message>
        <source>Also delete pods that nobody makes &amp;anew</source>
        <translation>Auch Pods löschen, die niemand &amp;neu anlegt</translation>
    </message>
    <message>
        <source>Also evict pods with local &amp;data, which is lost</source>
        <translation>Auch Pods mit lokalen &amp;Daten verdrängen; die Daten gehen verloren</translation>
    </message>
    <message>
        <source>Pods of the node, and what becomes of them</source>
        <translation>Pods des Knotens und was aus ihnen wird</translation>
    </message>
    <message>
        <source>Pod</source>
        <translation>Pod</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>Was aus ihm wird</translation>
    </message>
    <message>
        <source>Asking the server for the pods…</source>
        <translation>Die Pods werden vom Server geholt …</translation>
    </message>
    <message>
        <source>evicted</source>
        <translation>verdrängt</translation>
    </message>
    <message>
        <source>has ended; removed</source>
        <translation>beendet; wird entfernt</translation>
    </message>
    <message>
        <source>deleted; nobody makes it anew</source>
        <translation>gelöscht; niemand legt ihn neu an</translation>
    </message>
    <message>
        <source>stays: belongs to a daemon set</source>
        <translation>bleibt: gehört zu einem DaemonSet</translation>
    </message>
    <message>
        <source>stays: the kubelet runs it from a file</source>
        <translation>bleibt: der Kubelet führt ihn aus einer Datei aus</translation>
    </message>
    <message>
        <source>%1; its local data is lost</source>
        <translation>%1; seine lokalen Daten gehen verloren</translation>
    </message>
</context>
<context>
    <name>kdra::ui::Drawer</name>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Warnings %1</source>
        <translation>Warnungen %1</translation>
    </message>
    <message>
        <source>There are no warnings.</source>
        <translation>Es gibt keine Warnungen.</translation>
    </message>
    <message>
        <source>Tasks %1</source>
        <translation>Aufgaben %1</translation>
    </message>
    <message>
        <source>Warnings and tasks</source>
        <translation>Warnungen und Aufgaben</translation>
    </message>
</context>
<context>
    <name>kdra::ui::DropBubble</name>
    <message numerus="yes">
        <source>And %Ln more reasons.</source>
        <translation>
            <numerusform>Und %Ln weiterer Grund.</numerusform>
            <numerusform>Und %Ln weitere Gründe.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::DropTarget</name>
    <message>
        <source>Fits on %1</source>
        <translation>Passt auf %1</translation>
    </message>
    <message>
        <source>Fits on %1, but it is tight</source>
        <translation>Passt auf %1, aber knapp</translation>
    </message>
    <message>
        <source>Does not fit on %1</source>
        <translation>Passt nicht auf %1</translation>
    </message>
    <message>
        <source>Not known whether it fits on %1</source>
        <translation>Nicht bekannt, ob es auf %1 passt</translation>
    </message>
    <message>
        <source>Fits at site %1</source>
        <translation>Passt an Standort %1</translation>
    </message>
    <message>
        <source>Fits at site %1, but it is tight</source>
        <translation>Passt an Standort %1, aber knapp</translation>
    </message>
    <message>
        <source>Does not fit at site %1</source>
        <translation>Passt nicht an Standort %1</translation>
    </message>
    <message>
        <source>Not known whether it fits at site %1</source>
        <translation>Nicht bekannt, ob es an Standort %1 passt</translation>
    </message>
    <message>
        <source>Fits into namespace %1</source>
        <translation>Passt in Namespace %1</translation>
    </message>
    <message>
        <source>Fits into namespace %1, but it is tight</source>
        <translation>Passt in Namespace %1, aber knapp</translation>
    </message>
    <message>
        <source>Does not fit into namespace %1</source>
        <translation>Passt nicht in Namespace %1</translation>
    </message>
    <message>
        <source>Not known whether it fits into namespace %1</source>
        <translation>Nicht bekannt, ob es in Namespace %1 passt</translation>
    </message>
    <message>
        <source>Fits into this cluster</source>
        <translation>Passt in diesen Cluster</translation>
    </message>
    <message>
        <source>Fits into this cluster, but it is tight</source>
        <translation>Passt in diesen Cluster, aber knapp</translation>
    </message>
    <message>
        <source>Does not fit into this cluster</source>
        <translation>Passt nicht in diesen Cluster</translation>
    </message>
    <message>
        <source>Not known whether it fits into this cluster</source>
        <translation>Nicht bekannt, ob es in diesen Cluster passt</translation>
    </message>
    <message>
        <source>Adds to %1</source>
        <translation>Kommt zu %1 hinzu</translation>
    </message>
    <message>
        <source>Adds to %1, but it is tight</source>
        <translation>Kommt zu %1 hinzu, aber es wird eng</translation>
    </message>
    <message>
        <source>Cannot be added to %1</source>
        <translation>Kann %1 nicht hinzugefügt werden</translation>
    </message>
    <message>
        <source>Not known whether it can be added to %1</source>
        <translation>Nicht bekannt, ob es %1 hinzugefügt werden kann</translation>
    </message>
    <message>
        <source>Fits on %1, if the pods tolerate its taints</source>
        <translation>Passt auf %1, wenn die Pods seine Taints tolerieren</translation>
    </message>
    <message>
        <source>Fits at site %1, if the pods tolerate taints</source>
        <translation>Passt an Standort %1, wenn die Pods Taints tolerieren</translation>
    </message>
    <message>
        <source>Adds to %1, if the pods tolerate taints</source>
        <translation>Wird zu %1 hinzugefügt, wenn die Pods Taints tolerieren</translation>
    </message>
</context>
<context>
    <name>kdra::ui::EdgeRouter</name>
    <message>
        <source>%1 %2</source>
        <comment>a relation and how many: owns 3</comment>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>kdra::ui::EnvironmentActions</name>
    <message>
        <source>Open in browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
    <message>
        <source>Resume making it</source>
        <translation>Anlegen fortsetzen</translation>
    </message>
    <message>
        <source>Roll back…</source>
        <translation>Zurückrollen …</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Extend…</source>
        <translation>Verlängern …</translation>
    </message>
    <message>
        <source>Change parameters…</source>
        <translation>Parameter ändern …</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>Verschieben …</translation>
    </message>
    <message>
        <source>Clone…</source>
        <translation>Klonen …</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Something else made it: KDRA only watches it.</source>
        <translation>Etwas anderes hat sie angelegt: KDRA beobachtet sie nur.</translation>
    </message>
    <message>
        <source>%1 made it: KDRA only watches it. Change it with the tool that made it.</source>
        <translation>%1 hat sie angelegt: KDRA beobachtet sie nur. Ändern Sie sie mit dem Werkzeug, das sie angelegt hat.</translation>
    </message>
    <message>
        <source>The cluster is marked read-only.</source>
        <translation>Der Cluster ist als schreibgeschützt markiert.</translation>
    </message>
    <message>
        <source>It is being deleted.</source>
        <translation>Die Umgebung wird gelöscht.</translation>
    </message>
    <message>
        <source>It is being made right now.</source>
        <translation>Die Umgebung wird gerade angelegt.</translation>
    </message>
    <message>
        <source>Choose an environment first.</source>
        <translation>Wählen Sie zuerst eine Umgebung.</translation>
    </message>
    <message>
        <source>It has no address that a browser could open.</source>
        <translation>Die Umgebung hat keine Adresse, die ein Browser öffnen könnte.</translation>
    </message>
    <message>
        <source>It is incomplete: resume making it, or roll it back.</source>
        <translation>Die Umgebung ist unvollständig: Setzen Sie das Anlegen fort oder rollen Sie sie zurück.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>action and key</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 more, until %2</source>
        <translation>%1 länger, bis %2</translation>
    </message>
    <message>
        <source>%1 from now on, until %2</source>
        <translation>%1 ab jetzt, bis %2</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>Für immer</translation>
    </message>
    <message>
        <source>As plain YAML…</source>
        <translation>Als einfaches YAML …</translation>
    </message>
    <message>
        <source>As a Kustomize directory…</source>
        <translation>Als Kustomize-Verzeichnis …</translation>
    </message>
    <message>
        <source>Add a template…</source>
        <translation>Hinzufügen …</translation>
    </message>
    <message>
        <source>Remove a part…</source>
        <translation>Teil entfernen …</translation>
    </message>
    <message>
        <source>Nothing was added to it.</source>
        <translation>Ihr wurde nichts hinzugefügt.</translation>
    </message>
    <message>
        <source>It is paused: resume it first.</source>
        <translation>Sie ist angehalten: Setzen Sie sie zuerst fort.</translation>
    </message>
    <message>
        <source>Deleting it was interrupted: it can only be deleted.</source>
        <translation>Das Löschen wurde unterbrochen: Sie kann nur noch gelöscht werden.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::EnvironmentDesk</name>
    <message>
        <source>The folder cannot be made.</source>
        <translation>Der Ordner kann nicht angelegt werden.</translation>
    </message>
    <message>
        <source>Choose one in which you may write.</source>
        <translation>Wählen Sie einen, in den Sie schreiben dürfen.</translation>
    </message>
    <message>
        <source>There is a file of this name already; nothing was overwritten.</source>
        <translation>Es gibt bereits eine Datei dieses Namens; nichts wurde überschrieben.</translation>
    </message>
    <message>
        <source>Choose an empty folder.</source>
        <translation>Wählen Sie einen leeren Ordner.</translation>
    </message>
    <message>
        <source>The file cannot be written: %1</source>
        <translation>Die Datei kann nicht geschrieben werden: %1</translation>
    </message>
    <message>
        <source>Choose a folder in which you may write.</source>
        <translation>Wählen Sie einen Ordner, in den Sie schreiben dürfen.</translation>
    </message>
    <message>
        <source>Take the fields over, or keep theirs and leave the environment as it is now.</source>
        <translation>Übernehmen Sie die Felder, oder behalten Sie die der anderen und lassen Sie die Umgebung, wie sie jetzt ist.</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Keep theirs</source>
        <translation>Die der anderen behalten</translation>
    </message>
    <message>
        <source>What %1 was made from cannot be read</source>
        <translation>Woraus %1 angelegt wurde, kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>%1 cannot be planned</source>
        <translation>%1 kann nicht geplant werden</translation>
    </message>
    <message>
        <source>%1 is exported</source>
        <translation>%1 ist exportiert</translation>
    </message>
    <message>
        <source>%1 could not be exported</source>
        <translation>%1 konnte nicht exportiert werden</translation>
    </message>
    <message>
        <source>Nothing can be added to %1</source>
        <translation>%1 kann nichts hinzugefügt werden</translation>
    </message>
    <message>
        <source>There is no environment %1 in namespace %2 that KDRA has made.</source>
        <translation>Im Namespace %2 gibt es keine Umgebung %1, die KDRA gemacht hat.</translation>
    </message>
    <message>
        <source>%1 cannot be removed</source>
        <translation>%1 kann nicht entfernt werden</translation>
    </message>
    <message>
        <source>It is not part of %1.</source>
        <translation>Es gehört nicht zu %1.</translation>
    </message>
    <message>
        <source>Remove %1 from %2</source>
        <translation>%1 aus %2 entfernen</translation>
    </message>
    <message>
        <source>These objects are deleted. Everything else of %1 stays as it is.</source>
        <translation>Diese Objekte werden gelöscht. Alles andere von %1 bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Roll back the change of %1</source>
        <translation>Änderung von %1 zurückrollen</translation>
    </message>
    <message>
        <source>%1 becomes what it was before the change.</source>
        <translation>%1 wird wieder, was es vor der Änderung war.</translation>
    </message>
    <message>
        <source>%1 becomes what it was before the change; what came with the change is deleted.</source>
        <translation>%1 wird wieder, was es vor der Änderung war; was mit der Änderung kam, wird gelöscht.</translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation>Zurückrollen</translation>
    </message>
</context>
<context>
    <name>kdra::ui::EnvironmentDetails</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 und %n weiterer</numerusform>
            <numerusform>%1 und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose an environment to see how it fares.</source>
        <translation>Wählen Sie eine Umgebung, um zu sehen, wie es um sie steht.</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Angelegt</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Restzeit</translation>
    </message>
    <message>
        <source>Placement</source>
        <translation>Platzierung</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Läuft auf</translation>
    </message>
    <message>
        <source>Pods ready</source>
        <translation>Pods bereit</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Angefordert</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volumes</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Angelegt von</translation>
    </message>
    <message>
        <source>%1, made for it</source>
        <translation>%1, eigens angelegt</translation>
    </message>
    <message>
        <source>%1 ago, on %2</source>
        <comment>age and time</comment>
        <translation>am %2 (Alter: %1)</translation>
    </message>
    <message>
        <source>%1, until %2</source>
        <comment>time left and its end</comment>
        <translation>%1, bis %2</translation>
    </message>
    <message>
        <source>%1 CPU cores, %2 of memory</source>
        <translation>%1 CPU-Kerne, %2 Speicher</translation>
    </message>
    <message numerus="yes">
        <source>%n claim(s), %1</source>
        <translation>
            <numerusform>%n Claim, %1</numerusform>
            <numerusform>%n Claims, %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Making it was interrupted. Nothing else can be done to it until that is finished or taken back.</source>
        <translation>Das Anlegen wurde unterbrochen. Bis es beendet oder zurückgenommen ist, lässt sich mit der Umgebung nichts anderes tun.</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Uses</source>
        <translation>Nutzt</translation>
    </message>
    <message>
        <source>Delete it to go on with that. Nothing else can be done to it.</source>
        <translation>Löschen Sie sie, um damit fortzufahren. Sonst ist nichts mit ihr möglich.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::EnvironmentsPage</name>
    <message>
        <source>Nothing matches what is searched for.</source>
        <translation>Nichts passt zur Suche.</translation>
    </message>
    <message>
        <source>No environments yet</source>
        <translation>Noch keine Umgebungen</translation>
    </message>
    <message>
        <source>Drag a template onto the topology, and it is there: on a node, at a site, or wherever there is room.</source>
        <translation>Ziehen Sie eine Vorlage auf die Topologie, und die Umgebung ist da: auf einem Knoten, an einem Standort oder wo immer Platz ist.</translation>
    </message>
    <message>
        <source>Choose a template…</source>
        <translation>Vorlage wählen …</translation>
    </message>
    <message>
        <source>Search by name, owner, template, state…</source>
        <translation>Nach Name, Besitzer, Vorlage, Zustand suchen …</translation>
    </message>
    <message>
        <source>Search environments</source>
        <translation>Umgebungen durchsuchen</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Which columns are shown (%1)</source>
        <translation>Welche Spalten gezeigt werden (%1)</translation>
    </message>
    <message>
        <source>Create…</source>
        <translation>Anlegen …</translation>
    </message>
    <message>
        <source>Choose a template (%1)</source>
        <translation>Vorlage wählen (%1)</translation>
    </message>
    <message>
        <source>Environments</source>
        <translation>Umgebungen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Export %1 into a folder</source>
        <translation>%1 in einen Ordner exportieren</translation>
    </message>
</context>
<context>
    <name>kdra::ui::ExplorePage</name>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Choose a source…</source>
        <translation>Quelle wählen …</translation>
    </message>
    <message>
        <source>Ask the server (Return in a query)</source>
        <translation>Den Server fragen (Eingabetaste in einer Abfrage)</translation>
    </message>
    <message>
        <source>Add a query</source>
        <translation>Abfrage hinzufügen</translation>
    </message>
    <message>
        <source>Unit of the values</source>
        <translation>Einheit der Werte</translation>
    </message>
    <message>
        <source>Distance between two points</source>
        <translation>Abstand zwischen zwei Punkten</translation>
    </message>
    <message>
        <source>How often it is refreshed</source>
        <translation>Wie oft aktualisiert wird</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>Diagramm</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Beides</translation>
    </message>
    <message>
        <source>Show: %1</source>
        <translation>Zeigen: %1</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>Number in full</source>
        <translation>Ungekürzte Zahl</translation>
    </message>
    <message>
        <source>Percent (0 to 1)</source>
        <translation>Prozent (0 bis 1)</translation>
    </message>
    <message>
        <source>Percent (0 to 100)</source>
        <translation>Prozent (0 bis 100)</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Bytes per second</source>
        <translation>Bytes pro Sekunde</translation>
    </message>
    <message>
        <source>Bits per second</source>
        <translation>Bits pro Sekunde</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Milliseconds</source>
        <translation>Millisekunden</translation>
    </message>
    <message>
        <source>Per second</source>
        <translation>Pro Sekunde</translation>
    </message>
    <message>
        <source>Degrees Celsius</source>
        <translation>Grad Celsius</translation>
    </message>
    <message>
        <source>Volts</source>
        <translation>Volt</translation>
    </message>
    <message>
        <source>Watts</source>
        <translation>Watt</translation>
    </message>
    <message>
        <source>Hertz</source>
        <translation>Hertz</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>Ja oder nein</translation>
    </message>
    <message>
        <source>Step: auto</source>
        <translation>Schritt: auto</translation>
    </message>
    <message>
        <source>1 s</source>
        <translation>1 s</translation>
    </message>
    <message>
        <source>5 s</source>
        <translation>5 s</translation>
    </message>
    <message>
        <source>15 s</source>
        <translation>15 s</translation>
    </message>
    <message>
        <source>30 s</source>
        <translation>30 s</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1 min</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 min</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>Refresh: off</source>
        <translation>Aktualisieren: aus</translation>
    </message>
    <message>
        <source>&amp;Add to my dashboard…</source>
        <translation>&amp;Zu meinem Dashboard …</translation>
    </message>
    <message>
        <source>&amp;Copy the queries</source>
        <translation>Abfragen &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Start anew</source>
        <translation>&amp;Neu anfangen</translation>
    </message>
    <message>
        <source>No source of metrics</source>
        <translation>Keine Quelle für Messwerte</translation>
    </message>
    <message>
        <source>The tab Dashboards says what is missing.</source>
        <translation>Der Reiter Dashboards sagt, was fehlt.</translation>
    </message>
    <message>
        <source>Ask Prometheus</source>
        <translation>Prometheus fragen</translation>
    </message>
    <message>
        <source>Write a query above and press Return. Ctrl+Space offers metrics, labels and functions.</source>
        <translation>Schreiben Sie oben eine Abfrage und drücken Sie die Eingabetaste. Strg+Leertaste bietet Metriken, Labels und Funktionen an.</translation>
    </message>
    <message>
        <source>The server does not accept the query</source>
        <translation>Der Server nimmt die Abfrage nicht an</translation>
    </message>
    <message>
        <source>What is wrong stands below it.</source>
        <translation>Was falsch ist, steht darunter.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::Export</name>
    <message>
        <source>The picture could not be written: %1</source>
        <translation>Das Bild konnte nicht geschrieben werden: %1</translation>
    </message>
    <message>
        <source>Choose another folder, or make room.</source>
        <translation>Wählen Sie einen anderen Ordner, oder schaffen Sie Platz.</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>title and time of a picture</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>there is not enough memory for it.</source>
        <translation>Dafür ist nicht genug Speicher da.</translation>
    </message>
    <message>
        <source>Pictures can be written as PNG, SVG and PDF.</source>
        <translation>Bilder können als PNG, SVG und PDF geschrieben werden.</translation>
    </message>
    <message>
        <source>Choose a name that ends in .png, .svg or .pdf.</source>
        <translation>Wählen Sie einen Namen, der auf .png, .svg oder .pdf endet.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::FleetPanel</name>
    <message>
        <source>By site</source>
        <translation>Nach Standort</translation>
    </message>
    <message>
        <source>By role</source>
        <translation>Nach Rolle</translation>
    </message>
    <message>
        <source>Group the fleet</source>
        <translation>Flotte gruppieren</translation>
    </message>
    <message>
        <source>Fleet</source>
        <translation>Flotte</translation>
    </message>
</context>
<context>
    <name>kdra::ui::FleetTree</name>
    <message>
        <source>Arrow keys choose. Tab goes to the canvas. Enter drops, Esc cancels.</source>
        <translation>Pfeiltasten wählen. Tab geht zur Topologie. Eingabe legt ab, Esc bricht ab.</translation>
    </message>
    <message>
        <source>%1 is picked up.</source>
        <translation>%1 ist aufgenommen.</translation>
    </message>
    <message>
        <source>Nothing was dropped.</source>
        <translation>Nichts wurde abgelegt.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::FreshnessPopover</name>
    <message>
        <source>Freshness of each kind</source>
        <translation>Frische jeder Art</translation>
    </message>
    <message>
        <source>Everything that is shown is watched live.</source>
        <translation>Alles, was zu sehen ist, wird live verfolgt.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::FreshnessWords</name>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Lädt</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Everything that is shown is watched live.</source>
        <translation>Alles, was zu sehen ist, wird live verfolgt.</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>Verbindet neu</translation>
    </message>
    <message>
        <source>%1 old</source>
        <translation>%1 alt</translation>
    </message>
    <message>
        <source>Part of what is shown is old: its connection is being repaired.</source>
        <translation>Ein Teil dessen, was zu sehen ist, ist alt: Die Verbindung dazu wird wiederhergestellt.</translation>
    </message>
    <message>
        <source>Partly live</source>
        <translation>Teils live</translation>
    </message>
    <message>
        <source>Some kinds cannot be seen.</source>
        <translation>Manche Arten sind nicht zu sehen.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::GrafanaDesk</name>
    <message>
        <source>%1 of %2 panels as they were meant</source>
        <translation>%1 von %2 Panels wie gemeint</translation>
    </message>
    <message>
        <source>The token for Grafana is used until KDRA ends, and could not be kept</source>
        <translation>Das Token für Grafana gilt, bis KDRA endet, und konnte nicht aufbewahrt werden</translation>
    </message>
    <message>
        <source>Grafana was not told of an environment</source>
        <translation>Grafana wurde eine Umgebung nicht mitgeteilt</translation>
    </message>
    <message>
        <source>Open in Grafana</source>
        <translation>In Grafana öffnen</translation>
    </message>
    <message>
        <source>The address of this cluster&apos;s Grafana, as in the browser:</source>
        <translation>Die Adresse des Grafana dieses Clusters, wie im Browser:</translation>
    </message>
    <message>
        <source>Grafana cannot be opened</source>
        <translation>Grafana kann nicht geöffnet werden</translation>
    </message>
    <message>
        <source>This is no web address.</source>
        <translation>Das ist keine Webadresse.</translation>
    </message>
    <message>
        <source>Write it with https:// and the name of the server.</source>
        <translation>Schreiben Sie sie mit https:// und dem Namen des Servers.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::GrafanaDialog</name>
    <message>
        <source>&amp;Note in it when an environment is created or removed with KDRA</source>
        <translation>Darin &amp;vermerken, wenn mit KDRA eine Umgebung angelegt oder entfernt wird</translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <translation>&amp;Verbinden</translation>
    </message>
    <message>
        <source>Dashboards of a Grafana server</source>
        <translation>Dashboards eines Grafana-Servers</translation>
    </message>
    <message>
        <source>Service %1</source>
        <translation>Service %1</translation>
    </message>
    <message>
        <source>At an address</source>
        <translation>Unter einer Adresse</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>The one in the keychain</source>
        <translation>Das im Schlüsselbund</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>Search by title, folder or tag</source>
        <translation>Nach Titel, Ordner oder Schlagwort suchen</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>Dashboard</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Importiert</translation>
    </message>
    <message>
        <source>Dashboards of the server</source>
        <translation>Dashboards des Servers</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>The server is asked for its dashboards.</source>
        <translation>Der Server wird nach seinen Dashboards gefragt.</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Connect to see its dashboards.</source>
        <translation>Verbinden Sie sich, um seine Dashboards zu sehen.</translation>
    </message>
    <message>
        <source>The server shows no dashboards: a token may be missing, or may not see them.</source>
        <translation>Der Server zeigt keine Dashboards: Vielleicht fehlt ein Token, oder es darf sie nicht sehen.</translation>
    </message>
    <message numerus="yes">
        <source>The server has %n dashboards.</source>
        <translation>
            <numerusform>Der Server hat ein Dashboard.</numerusform>
            <numerusform>Der Server hat %n Dashboards.</numerusform>
        </translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>Fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>They stand under “My dashboards” now. What cannot be shown is listed below each.</source>
        <translation>Sie stehen jetzt unter „Meine Dashboards“. Was nicht gezeigt werden kann, steht unter jedem.</translation>
    </message>
    <message numerus="yes">
        <source>%n to go…</source>
        <comment>dashboards that are being imported</comment>
        <translation>
            <numerusform>Noch %n …</numerusform>
            <numerusform>Noch %n …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Import %n</source>
        <comment>dashboards</comment>
        <translation>
            <numerusform>&amp;Importieren (%n)</numerusform>
            <numerusform>&amp;Importieren (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::GroupingMenu</name>
    <message>
        <source>Site</source>
        <translation>Standort</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Workload</source>
        <translation>Workload</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Label of nodes</source>
        <translation>Label der Knoten</translation>
    </message>
    <message>
        <source>Workloads</source>
        <translation>Workloads</translation>
    </message>
    <message>
        <source>Kind of workload</source>
        <translation>Art des Workloads</translation>
    </message>
    <message>
        <source>Label of pods</source>
        <translation>Label der Pods</translation>
    </message>
</context>
<context>
    <name>kdra::ui::Inspector</name>
    <message>
        <source>Nothing selected</source>
        <translation>Nichts ausgewählt</translation>
    </message>
    <message>
        <source>Select a node, a pod or a row, and it is shown here close up.</source>
        <translation>Wählen Sie einen Knoten, einen Pod oder eine Zeile, und hier steht es aus der Nähe.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Pods of the selected object</source>
        <translation>Pods des ausgewählten Objekts</translation>
    </message>
    <message>
        <source>Events of the selected object</source>
        <translation>Ereignisse des ausgewählten Objekts</translation>
    </message>
    <message>
        <source>YAML of the selected object</source>
        <translation>YAML des ausgewählten Objekts</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pods</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>YAML</source>
        <translation>YAML</translation>
    </message>
    <message>
        <source>It is gone</source>
        <translation>Es ist weg</translation>
    </message>
    <message>
        <source>The selected object has been deleted, or is not in this cluster.</source>
        <translation>Das ausgewählte Objekt wurde gelöscht oder ist nicht in diesem Cluster.</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>The whole object is fetched from the server once it answers.</source>
        <translation>Das ganze Objekt wird geholt, sobald der Server antwortet.</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>The whole object is being fetched from the server.</source>
        <translation>Das ganze Objekt wird vom Server geholt.</translation>
    </message>
    <message>
        <source>What is known of the selected object</source>
        <translation>Was vom ausgewählten Objekt bekannt ist</translation>
    </message>
    <message>
        <source>Summary of the selected object</source>
        <translation>Zusammenfassung des ausgewählten Objekts</translation>
    </message>
</context>
<context>
    <name>kdra::ui::Legend</name>
    <message>
        <source>Nodes, 0 to 100 %:</source>
        <translation>Knoten, 0 bis 100 %:</translation>
    </message>
    <message>
        <source>Legend and filter of pods: %1</source>
        <translation>Legende und Filter der Pods: %1</translation>
    </message>
</context>
<context>
    <name>kdra::ui::LegendChip</name>
    <message numerus="yes">
        <source>%1: %n pods</source>
        <translation>
            <numerusform>%1: %n Pod</numerusform>
            <numerusform>%1: %n Pods</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, shown</source>
        <translation>%1, gezeigt</translation>
    </message>
    <message>
        <source>%1, faded</source>
        <translation>%1, blass</translation>
    </message>
    <message>
        <source>%1
Click: only these. Ctrl+click: these too. Esc: all.</source>
        <translation>%1
Klick: nur diese. Strg+Klick: auch diese. Esc: alle.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::LegendView</name>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
</context>
<context>
    <name>kdra::ui::LinkLine</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Selects this object.</source>
        <translation>Wählt dieses Objekt aus.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::LossDialog</name>
    <message>
        <source>Type %1 to confirm</source>
        <translation>Zum Bestätigen %1 eintippen</translation>
    </message>
    <message>
        <source>What is deleted</source>
        <translation>Was gelöscht wird</translation>
    </message>
    <message>
        <source>Data that is lost</source>
        <translation>Daten, die verloren gehen</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>The cluster is marked production.</source>
        <translation>Der Cluster ist als Produktion markiert.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::Main</name>
    <message>
        <source>There is no %1 %2.
</source>
        <translation>Es gibt kein Objekt %1 %2.
</translation>
    </message>
</context>
<context>
    <name>kdra::ui::MainWindow</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Choose another cluster</source>
        <translation>Anderen Cluster wählen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The cluster could not be opened</source>
        <translation>Der Cluster konnte nicht geöffnet werden</translation>
    </message>
    <message>
        <source>Connecting to %1</source>
        <translation>Verbindung mit %1</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>Topologie</translation>
    </message>
    <message>
        <source>Environments</source>
        <translation>Umgebungen</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>Nodes &amp;&amp; Pis</source>
        <translation>Knoten &amp;&amp; Pis</translation>
    </message>
    <message>
        <source>Workloads</source>
        <translation>Workloads</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>&amp;Go to</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>Open the &amp;demo cluster</source>
        <translation>Den &amp;Demo-Cluster öffnen</translation>
    </message>
    <message>
        <source>Open a &amp;kubeconfig file…</source>
        <translation>&amp;Kubeconfig-Datei öffnen …</translation>
    </message>
    <message>
        <source>Connect by &amp;URL and token…</source>
        <translation>Mit &amp;URL und Token verbinden …</translation>
    </message>
    <message>
        <source>Show the &amp;inspector</source>
        <translation>&amp;Inspektor zeigen</translation>
    </message>
    <message>
        <source>Show the d&amp;rawer</source>
        <translation>&amp;Schublade zeigen</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>Like the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Search, or run a command…</source>
        <translation>&amp;Suchen oder Befehl ausführen …</translation>
    </message>
    <message>
        <source>Show the &amp;whole topology</source>
        <translation>Die &amp;ganze Topologie zeigen</translation>
    </message>
    <message>
        <source>&amp;Reconnect</source>
        <translation>&amp;Neu verbinden</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Open a kubeconfig file</source>
        <translation>Kubeconfig-Datei öffnen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Find out why</source>
        <translation>Ursache finden</translation>
    </message>
    <message>
        <source>Connection &amp;doctor</source>
        <translation>&amp;Verbindungsdoktor</translation>
    </message>
    <message>
        <source>&amp;Selection</source>
        <translation>Aus&amp;wahl</translation>
    </message>
    <message>
        <source>Nothing can be done to what is selected</source>
        <translation>Mit der Auswahl lässt sich nichts tun</translation>
    </message>
    <message>
        <source>&amp;Undo the last change</source>
        <translation>Letzte Änderung &amp;rückgängig machen</translation>
    </message>
    <message>
        <source>This cluster is &amp;production</source>
        <translation>Dieser Cluster ist &amp;Produktion</translation>
    </message>
    <message>
        <source>This cluster is &amp;read-only</source>
        <translation>Dieser Cluster ist &amp;schreibgeschützt</translation>
    </message>
    <message>
        <source>How clusters are marked is not known</source>
        <translation>Wie Cluster markiert sind, ist nicht bekannt</translation>
    </message>
    <message>
        <source>This cannot be done</source>
        <translation>Das geht nicht</translation>
    </message>
    <message>
        <source>What is &amp;live</source>
        <translation>Was &amp;live ist</translation>
    </message>
    <message>
        <source>Clusters side &amp;by side</source>
        <translation>Cluster &amp;nebeneinander</translation>
    </message>
    <message>
        <source>Show the topologies of all open clusters beside each other (Ctrl+Shift+B)</source>
        <translation>Die Topologien aller offenen Cluster nebeneinander zeigen (Strg+Umschalt+B)</translation>
    </message>
    <message>
        <source>&amp;Next cluster</source>
        <translation>Nä&amp;chster Cluster</translation>
    </message>
    <message>
        <source>&amp;Previous cluster</source>
        <translation>&amp;Voriger Cluster</translation>
    </message>
    <message>
        <source>Show the &amp;side panel</source>
        <translation>Seitenl&amp;eiste zeigen</translation>
    </message>
    <message>
        <source>Show the &amp;templates</source>
        <translation>Vorl&amp;agen zeigen</translation>
    </message>
    <message>
        <source>Alerts (%1)</source>
        <translation>Alarme (%1)</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>E&amp;xplore metrics</source>
        <translation>Messwerte e&amp;rkunden</translation>
    </message>
    <message>
        <source>Show the &amp;alerts</source>
        <translation>&amp;Alarme zeigen</translation>
    </message>
</context>
<context>
    <name>kdra::ui::Measurements</name>
    <message>
        <source>The report could not be written: %1</source>
        <translation>Der Bericht konnte nicht geschrieben werden: %1</translation>
    </message>
    <message>
        <source>Choose a file in a folder that exists and may be written to.</source>
        <translation>Wählen Sie eine Datei in einem Ordner, den es gibt und der beschrieben werden darf.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::MetadataDialog</name>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Annotations</source>
        <translation>Annotationen</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Asking the server for the object…</source>
        <translation>Das Objekt wird vom Server geholt …</translation>
    </message>
    <message>
        <source>The key %1 is there twice.</source>
        <translation>Der Schlüssel %1 ist doppelt vorhanden.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::MetricsDesk</name>
    <message>
        <source>No source</source>
        <translation>Keine Quelle</translation>
    </message>
    <message>
        <source>No cluster is open</source>
        <translation>Kein Cluster ist geöffnet</translation>
    </message>
    <message>
        <source>Open one to see what its Prometheus knows.</source>
        <translation>Öffnen Sie einen, um zu sehen, was sein Prometheus weiß.</translation>
    </message>
    <message>
        <source>Looking for the cluster&apos;s Prometheus</source>
        <translation>Der Prometheus des Clusters wird gesucht</translation>
    </message>
    <message>
        <source>Its Services are asked whether they speak Prometheus&apos; API.</source>
        <translation>Seine Services werden gefragt, ob sie die API von Prometheus sprechen.</translation>
    </message>
    <message>
        <source>No source of metrics could be found</source>
        <translation>Keine Quelle von Messwerten gefunden</translation>
    </message>
    <message>
        <source>This cluster has no Prometheus</source>
        <translation>Dieser Cluster hat keinen Prometheus</translation>
    </message>
    <message>
        <source>KDRA plots what a Prometheus knows: processor, memory, temperature and power of every node and pod. None of the cluster&apos;s Services is one. A small one, with node-exporter and the vitals of Raspberry Pis, is among the templates; or tell where there is another.</source>
        <translation>KDRA zeichnet auf, was ein Prometheus weiß: Prozessor, Speicher, Temperatur und Leistung jedes Knotens und Pods. Keiner der Services dieses Clusters ist einer. Ein kleiner, mit node-exporter und den Werten der Raspberry Pis, ist unter den Vorlagen; oder sagen Sie, wo es einen anderen gibt.</translation>
    </message>
    <message>
        <source>No Prometheus answers</source>
        <translation>Kein Prometheus antwortet</translation>
    </message>
    <message>
        <source>The credentials for the metrics are used until KDRA ends, and could not be kept</source>
        <translation>Die Zugangsdaten für die Messwerte gelten bis zum Ende von KDRA und konnten nicht gespeichert werden</translation>
    </message>
    <message>
        <source>The credentials for the metrics could not be read</source>
        <translation>Die Zugangsdaten für die Messwerte konnten nicht gelesen werden</translation>
    </message>
</context>
<context>
    <name>kdra::ui::MetricsPage</name>
    <message>
        <source>Dashboard</source>
        <translation>Dashboard</translation>
    </message>
    <message>
        <source>Where the numbers come from</source>
        <translation>Woher die Werte kommen</translation>
    </message>
    <message>
        <source>No source</source>
        <translation>Keine Quelle</translation>
    </message>
    <message>
        <source>Refresh now</source>
        <translation>Jetzt aktualisieren</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>&amp;Import dashboards from Grafana…</source>
        <translation>Dashboards aus Grafana &amp;importieren …</translation>
    </message>
    <message>
        <source>&amp;Export for Grafana…</source>
        <translation>Für Grafana &amp;exportieren …</translation>
    </message>
    <message>
        <source>Open in &amp;Grafana</source>
        <translation>In &amp;Grafana öffnen</translation>
    </message>
    <message>
        <source>How often it is refreshed</source>
        <translation>Wie oft aktualisiert wird</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>5 s</source>
        <translation>5 s</translation>
    </message>
    <message>
        <source>15 s</source>
        <translation>15 s</translation>
    </message>
    <message>
        <source>30 s</source>
        <translation>30 s</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1 min</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 min</translation>
    </message>
    <message>
        <source>Install Prometheus…</source>
        <translation>Prometheus installieren …</translation>
    </message>
    <message>
        <source>Choose a source…</source>
        <translation>Quelle wählen …</translation>
    </message>
    <message>
        <source>No numbers: %1</source>
        <translation>Keine Werte: %1</translation>
    </message>
    <message numerus="yes">
        <source>No new numbers for %n seconds: %1</source>
        <translation>
            <numerusform>Seit einer Sekunde keine neuen Werte: %1</numerusform>
            <numerusform>Seit %n Sekunden keine neuen Werte: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Share in the cluster…</source>
        <translation>Im Cluster &amp;teilen …</translation>
    </message>
    <message>
        <source>&amp;Remove from my dashboards…</source>
        <translation>Aus meinen Dashboards ent&amp;fernen …</translation>
    </message>
    <message>
        <source>Show e&amp;vents</source>
        <translation>E&amp;reignisse zeigen</translation>
    </message>
    <message numerus="yes">
        <source>%n cannot be read…</source>
        <comment>dashboards</comment>
        <translation>
            <numerusform>%n kann nicht gelesen werden …</numerusform>
            <numerusform>%n können nicht gelesen werden …</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>title and text of an event</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The events “%1” cannot be marked: %2</source>
        <translation>Die Ereignisse „%1“ können nicht markiert werden: %2</translation>
    </message>
    <message>
        <source>&amp;Dashboards of a Grafana server…</source>
        <translation>&amp;Dashboards eines Grafana-Servers …</translation>
    </message>
    <message>
        <source>Import a &amp;folder of dashboards…</source>
        <translation>Einen &amp;Ordner mit Dashboards importieren …</translation>
    </message>
</context>
<context>
    <name>kdra::ui::Minimap</name>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
</context>
<context>
    <name>kdra::ui::NameBox</name>
    <message>
        <source>Into a namespace of its own</source>
        <translation>In einen eigenen Namespace</translation>
    </message>
    <message>
        <source>Into a namespace that is there</source>
        <translation>In einen vorhandenen Namespace</translation>
    </message>
    <message>
        <source>Name of the environment</source>
        <translation>Name der Umgebung</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Choose or type</source>
        <translation>Wählen oder eintippen</translation>
    </message>
    <message>
        <source>%1 in namespace %2</source>
        <comment>environment</comment>
        <translation>%1 im Namespace %2</translation>
    </message>
    <message>
        <source>There is a namespace %1 already. Take another name, or put the environment into it.</source>
        <translation>Es gibt bereits einen Namespace %1. Nehmen Sie einen anderen Namen oder legen Sie die Umgebung darin an.</translation>
    </message>
    <message>
        <source>Choose a namespace.</source>
        <translation>Wählen Sie einen Namespace.</translation>
    </message>
    <message>
        <source>“%1” cannot be the name of a namespace.</source>
        <translation>„%1“ kann nicht der Name eines Namespace sein.</translation>
    </message>
    <message>
        <source>There is no namespace %1.</source>
        <translation>Es gibt keinen Namespace %1.</translation>
    </message>
    <message>
        <source>It is made with the environment, and goes with it: %1</source>
        <translation>Er wird mit der Umgebung angelegt und verschwindet mit ihr: %1</translation>
    </message>
</context>
<context>
    <name>kdra::ui::NetworkBox</name>
    <message>
        <source>Host name</source>
        <translation>Hostname</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Geschlossen</translation>
    </message>
    <message>
        <source>Same namespace</source>
        <translation>Selber Namespace</translation>
    </message>
    <message>
        <source>Same cluster</source>
        <translation>Selber Cluster</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>The name under which a browser finds the environment, by the cluster&apos;s ingress.</source>
        <translation>Der Name, unter dem ein Browser die Umgebung findet, über den Ingress des Clusters.</translation>
    </message>
    <message>
        <source>“%1” cannot be the name of a host.</source>
        <translation>„%1“ kann nicht der Name eines Hosts sein.</translation>
    </message>
    <message>
        <source>Its pods talk among themselves only, and to the name service.</source>
        <translation>Die Pods sprechen nur untereinander und mit dem Namensdienst.</translation>
    </message>
    <message>
        <source>Its pods also talk to everything in their namespace, and to nothing outside.</source>
        <translation>Die Pods sprechen auch mit allem in ihrem Namespace und mit nichts außerhalb.</translation>
    </message>
    <message>
        <source>Its pods talk to everybody, and everybody who reaches the cluster to them.</source>
        <translation>Die Pods sprechen mit allen, und alle, die den Cluster erreichen, mit ihnen.</translation>
    </message>
    <message>
        <source>Its pods also talk to every pod in the cluster, and to nothing outside.</source>
        <translation>Die Pods sprechen auch mit jedem Pod im Cluster und mit nichts außerhalb.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::NoticeDialog</name>
    <message>
        <source>Quiet hours</source>
        <translation>Ruhezeit</translation>
    </message>
    <message>
        <source>Critical alerts are told of all the same</source>
        <translation>Kritische Alarme trotzdem melden</translation>
    </message>
    <message>
        <source>Notifications of alerts</source>
        <translation>Benachrichtigungen über Alarme</translation>
    </message>
    <message>
        <source>Tell of</source>
        <translation>Melden</translation>
    </message>
    <message>
        <source>Critical alerts</source>
        <translation>Kritische Alarme</translation>
    </message>
    <message>
        <source>Warnings and critical alerts</source>
        <translation>Warnungen und kritische Alarme</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>Begin of the quiet hours</source>
        <translation>Beginn der Ruhezeit</translation>
    </message>
    <message>
        <source>End of the quiet hours</source>
        <translation>Ende der Ruhezeit</translation>
    </message>
    <message>
        <source>When an alert begins to fire in the cluster that is shown, the desktop tells of it as long as KDRA runs, also while its window is hidden. Silenced and inhibited alerts are not told of.</source>
        <translation>Wird im gezeigten Cluster ein Alarm ausgelöst, meldet es der Desktop, solange KDRA läuft, auch wenn das Fenster verborgen ist. Stumme und unterdrückte Alarme werden nicht gemeldet.</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Übernehmen</translation>
    </message>
</context>
<context>
    <name>kdra::ui::ObjectMetrics</name>
    <message>
        <source>No source of metrics</source>
        <translation>Keine Quelle von Messwerten</translation>
    </message>
    <message>
        <source>The page Metrics says what is missing.</source>
        <translation>Die Seite Messwerte sagt, was fehlt.</translation>
    </message>
    <message>
        <source>No plots for this</source>
        <translation>Hierfür gibt es keine Kurven</translation>
    </message>
    <message>
        <source>Nodes, pods, workloads and namespaces have some.</source>
        <translation>Knoten, Pods, Workloads und Namespaces haben welche.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::OfferModel</name>
    <message>
        <source>%1, %2</source>
        <comment>a completion and its type</comment>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>kdra::ui::Overlay</name>
    <message>
        <source>CPU requested / allocatable</source>
        <translation>CPU angefordert / zuteilbar</translation>
    </message>
    <message>
        <source>Memory requested / allocatable</source>
        <translation>Speicher angefordert / zuteilbar</translation>
    </message>
    <message>
        <source>Pod count / capacity</source>
        <translation>Zahl der Pods / Kapazität</translation>
    </message>
    <message>
        <source>Restarts</source>
        <translation>Neustarts</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>CPU that a pod requests, of what its node has</source>
        <translation>CPU, die ein Pod anfordert, von der seines Knotens</translation>
    </message>
    <message>
        <source>Memory that a pod requests, of what its node has</source>
        <translation>Speicher, den ein Pod anfordert, von dem seines Knotens</translation>
    </message>
    <message>
        <source>Pods on the node, of those it has room for</source>
        <translation>Pods auf dem Knoten, von denen, für die er Platz hat</translation>
    </message>
    <message>
        <source>Restarts of a pod&apos;s containers</source>
        <translation>Neustarts der Container eines Pods</translation>
    </message>
    <message>
        <source>Time since a pod was created</source>
        <translation>Zeit, seit ein Pod erzeugt wurde</translation>
    </message>
    <message>
        <source>Image of a pod&apos;s first container: the four that most pods run</source>
        <translation>Image des ersten Containers eines Pods: die vier, die am häufigsten laufen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>&lt; 2 %</source>
        <translation>&lt; 2 %</translation>
    </message>
    <message>
        <source>2–10 %</source>
        <translation>2–10 %</translation>
    </message>
    <message>
        <source>10–25 %</source>
        <translation>10–25 %</translation>
    </message>
    <message>
        <source>≥ 25 %</source>
        <translation>≥ 25 %</translation>
    </message>
    <message>
        <source>0–20 %</source>
        <translation>0–20 %</translation>
    </message>
    <message>
        <source>20–40 %</source>
        <translation>20–40 %</translation>
    </message>
    <message>
        <source>40–60 %</source>
        <translation>40–60 %</translation>
    </message>
    <message>
        <source>60–80 %</source>
        <translation>60–80 %</translation>
    </message>
    <message>
        <source>≥ 80 %</source>
        <translation>≥ 80 %</translation>
    </message>
    <message>
        <source>no restarts</source>
        <translation>keine Neustarts</translation>
    </message>
    <message>
        <source>1–5 restarts</source>
        <translation>1–5 Neustarts</translation>
    </message>
    <message>
        <source>6–20</source>
        <translation>6–20</translation>
    </message>
    <message>
        <source>21–100</source>
        <translation>21–100</translation>
    </message>
    <message>
        <source>&gt; 100</source>
        <translation>&gt; 100</translation>
    </message>
    <message>
        <source>&lt; 1 h</source>
        <translation>&lt; 1 h</translation>
    </message>
    <message>
        <source>1–24 h</source>
        <translation>1–24 h</translation>
    </message>
    <message>
        <source>1–7 days</source>
        <translation>1–7 Tage</translation>
    </message>
    <message>
        <source>7–30 days</source>
        <translation>7–30 Tage</translation>
    </message>
    <message>
        <source>≥ 30 days</source>
        <translation>≥ 30 Tage</translation>
    </message>
    <message>
        <source>other images</source>
        <translation>andere Images</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>gesund</translation>
    </message>
    <message>
        <source>progressing</source>
        <translation>im Gange</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>failing</source>
        <translation>gestört</translation>
    </message>
    <message>
        <source>unknown or stale</source>
        <translation>unbekannt oder veraltet</translation>
    </message>
</context>
<context>
    <name>kdra::ui::Pages</name>
    <message>
        <source>Nodes &amp; Pis</source>
        <translation>Knoten &amp; Pis</translation>
    </message>
    <message>
        <source>Workloads</source>
        <translation>Workloads</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pods</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Workloads and pods</source>
        <translation>Workloads und Pods</translation>
    </message>
    <message>
        <source>Fleet and templates</source>
        <translation>Flotte und Vorlagen</translation>
    </message>
    <message>
        <source>Fleet</source>
        <translation>Flotte</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Dashboards, queries and alerts</source>
        <translation>Dashboards, Abfragen und Alarme</translation>
    </message>
    <message>
        <source>Dashboards</source>
        <translation>Dashboards</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
</context>
<context>
    <name>kdra::ui::PanelView</name>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Ask the server again</source>
        <translation>Den Server nochmals fragen</translation>
    </message>
    <message>
        <source>Go back to the span before</source>
        <translation>Zurück zur vorigen Zeitspanne</translation>
    </message>
    <message>
        <source>Copy as a picture</source>
        <translation>Als Bild kopieren</translation>
    </message>
    <message>
        <source>Copy as SVG</source>
        <translation>Als SVG kopieren</translation>
    </message>
    <message>
        <source>Copy the values as CSV</source>
        <translation>Die Werte als CSV kopieren</translation>
    </message>
    <message>
        <source>Copy the queries as PromQL</source>
        <translation>Die Abfragen als PromQL kopieren</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Nochmals versuchen</translation>
    </message>
    <message>
        <source>What can be done with this panel</source>
        <translation>Was mit dieser Tafel getan werden kann</translation>
    </message>
    <message>
        <source>The server left a part of the data out.</source>
        <translation>Der Server hat einen Teil der Daten weggelassen.</translation>
    </message>
    <message>
        <source>This panel cannot be shown.</source>
        <translation>Diese Tafel kann nicht gezeigt werden.</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Keine Daten</translation>
    </message>
    <message>
        <source>The query gave no values in this span of time.</source>
        <translation>Die Abfrage ergab in dieser Zeitspanne keine Werte.</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>%1 old</source>
        <comment>how old the values of a panel are</comment>
        <translation>%1 alt</translation>
    </message>
    <message>
        <source>Partial</source>
        <translation>Unvollständig</translation>
    </message>
    <message>
        <source>Explore the queries</source>
        <translation>Die Abfragen erkunden</translation>
    </message>
</context>
<context>
    <name>kdra::ui::ParameterField</name>
    <message>
        <source>%1 cores</source>
        <translation>%1 Kerne</translation>
    </message>
    <message>
        <source>Stays as it is in the cluster.</source>
        <translation>Bleibt, wie es im Cluster ist.</translation>
    </message>
    <message>
        <source>Generated; shown once after creating.</source>
        <translation>Wird erzeugt; wird nach dem Anlegen einmal gezeigt.</translation>
    </message>
    <message>
        <source>One a line</source>
        <translation>Je Zeile eins</translation>
    </message>
    <message>
        <source>500m or 1Gi</source>
        <translation>500m oder 1Gi</translation>
    </message>
    <message>
        <source>From %1 to %2.</source>
        <translation>Von %1 bis %2.</translation>
    </message>
    <message>
        <source>At least %1.</source>
        <translation>Mindestens %1.</translation>
    </message>
    <message>
        <source>At most %1.</source>
        <translation>Höchstens %1.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::ParameterForm</name>
    <message>
        <source>%1: %2</source>
        <comment>parameter and what is wrong with it</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>kdra::ui::PartNameBox</name>
    <message>
        <source>Name of what is added</source>
        <translation>Name dessen, was hinzukommt</translation>
    </message>
    <message>
        <source>Something in %1 is called %2 already.</source>
        <translation>In %1 heißt schon etwas %2.</translation>
    </message>
    <message>
        <source>There is an environment %1 in the namespace.</source>
        <translation>Im Namespace gibt es eine Umgebung %1.</translation>
    </message>
    <message>
        <source>Its objects are called after it: %1-…</source>
        <translation>Seine Objekte heißen danach: %1-…</translation>
    </message>
</context>
<context>
    <name>kdra::ui::PlacementBox</name>
    <message>
        <source>Placement</source>
        <translation>Platzierung</translation>
    </message>
    <message>
        <source>Wherever there is room</source>
        <translation>Wo immer Platz ist</translation>
    </message>
    <message>
        <source>At a site</source>
        <translation>An einem Standort</translation>
    </message>
    <message>
        <source>On one node</source>
        <translation>Auf einem Knoten</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Standort</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Type part of a name</source>
        <translation>Teil eines Namens eintippen</translation>
    </message>
    <message>
        <source>Nodes there keep pods away, unless the pods tolerate:</source>
        <translation>Knoten dort halten Pods fern, die Folgendes nicht tolerieren:</translation>
    </message>
    <message>
        <source>Choose a node.</source>
        <translation>Wählen Sie einen Knoten.</translation>
    </message>
    <message>
        <source>There is no node %1.</source>
        <translation>Es gibt keinen Knoten %1.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::PlanView</name>
    <message>
        <source>Quota and limits</source>
        <translation>Kontingent und Limits</translation>
    </message>
    <message>
        <source>Network policies</source>
        <translation>Netzwerkrichtlinien</translation>
    </message>
    <message>
        <source>Accounts and roles</source>
        <translation>Konten und Rollen</translation>
    </message>
    <message>
        <source>Configuration and secrets</source>
        <translation>Konfiguration und Secrets</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Storage</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>Workloads</source>
        <translation>Workloads</translation>
    </message>
    <message>
        <source>Ways in</source>
        <translation>Zugänge</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>Passt</translation>
    </message>
    <message>
        <source>Fits, but it is tight</source>
        <translation>Passt, aber knapp</translation>
    </message>
    <message>
        <source>Does not fit</source>
        <translation>Passt nicht</translation>
    </message>
    <message>
        <source>Not known yet whether it fits</source>
        <translation>Noch nicht bekannt, ob es passt</translation>
    </message>
    <message>
        <source>What will be made</source>
        <translation>Was angelegt wird</translation>
    </message>
    <message>
        <source>Show what the server would do</source>
        <translation>Zeigen, was der Server tun würde</translation>
    </message>
    <message>
        <source>Objects in the order in which they are made</source>
        <translation>Objekte in der Reihenfolge, in der sie angelegt werden</translation>
    </message>
    <message>
        <source>A dry run: the server checks every object and says what would change; nothing is changed.</source>
        <translation>Ein Probelauf: Der Server prüft jedes Objekt und sagt, was sich ändern würde; geändert wird nichts.</translation>
    </message>
    <message>
        <source>It cannot be made like this</source>
        <translation>So lässt es sich nicht anlegen</translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s)</source>
        <translation>
            <numerusform>%n Pod</numerusform>
            <numerusform>%n Pods</numerusform>
        </translation>
    </message>
    <message>
        <source>one more on each node that takes it</source>
        <translation>einen weiteren auf jedem Knoten, der ihn nimmt</translation>
    </message>
    <message>
        <source>%1 CPU cores</source>
        <translation>%1 CPU-Kerne</translation>
    </message>
    <message>
        <source>%1 of memory</source>
        <translation>%1 Speicher</translation>
    </message>
    <message>
        <source>%1 of storage</source>
        <translation>%1 Storage</translation>
    </message>
    <message>
        <source>Asks for %1.</source>
        <translation>Fordert %1 an.</translation>
    </message>
    <message numerus="yes">
        <source>What will be made: %n object(s)</source>
        <translation>
            <numerusform>Was angelegt wird: %n Objekt</numerusform>
            <numerusform>Was angelegt wird: %n Objekte</numerusform>
        </translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Namespace %1</source>
        <translation>Namespace %1</translation>
    </message>
    <message>
        <source>Also makes %1, outside of the namespace</source>
        <translation>Legt auch %1 an, außerhalb des Namespace</translation>
    </message>
    <message>
        <source>It works in the whole cluster. Tick the box if that is what you want.</source>
        <translation>Es wirkt im ganzen Cluster. Setzen Sie den Haken, wenn Sie das wollen.</translation>
    </message>
    <message numerus="yes">
        <source>What will be added: %n object(s)</source>
        <translation>
            <numerusform>Was hinzukommt: %n Objekt</numerusform>
            <numerusform>Was hinzukommt: %n Objekte</numerusform>
        </translation>
    </message>
    <message>
        <source>New: %1</source>
        <comment>object</comment>
        <translation>Neu: %1</translation>
    </message>
    <message>
        <source>What it will consist of</source>
        <translation>Woraus sie bestehen wird</translation>
    </message>
    <message numerus="yes">
        <source>What it will consist of: %n object(s)</source>
        <translation>
            <numerusform>Woraus sie bestehen wird: %n Objekt</numerusform>
            <numerusform>Woraus sie bestehen wird: %n Objekte</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::PlotBody</name>
    <message>
        <source>Last</source>
        <translation>Letzter</translation>
    </message>
    <message>
        <source>Min</source>
        <translation>Min</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>Max</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>name of a number in a legend, and the number</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>There are more than two units: what is at the right shares the axis of the first series there.</source>
        <translation>Es gibt mehr als zwei Einheiten: Was rechts steht, teilt sich die Achse der ersten Reihe dort.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::PlotTip</name>
    <message>
        <source>%1: %2</source>
        <comment>kind of an event, and what happened</comment>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <comment>series that are not listed</comment>
        <translation>
            <numerusform>%n weitere</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n earlier</source>
        <comment>events that are not listed</comment>
        <translation>
            <numerusform>%n früheres</numerusform>
            <numerusform>%n frühere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::PlotView</name>
    <message>
        <source>%1: last %2, least %3, most %4</source>
        <translation>%1: zuletzt %2, mindestens %3, höchstens %4</translation>
    </message>
</context>
<context>
    <name>kdra::ui::PromqlEdit</name>
    <message>
        <source>Query</source>
        <translation>Abfrage</translation>
    </message>
    <message>
        <source>A query in PromQL, such as %1; Ctrl+Space offers what fits</source>
        <translation>Eine Abfrage in PromQL, etwa %1; Strg+Leertaste bietet an, was passt</translation>
    </message>
    <message>
        <source>Completions</source>
        <translation>Vervollständigungen</translation>
    </message>
</context>
<context>
    <name>kdra::ui::QueryHelp</name>
    <message>
        <source>How to filter</source>
        <translation>So wird gefiltert</translation>
    </message>
    <message>
        <source>Rows that satisfy every term</source>
        <translation>Zeilen, die jede Bedingung erfüllen</translation>
    </message>
    <message>
        <source>the text is anywhere in the row</source>
        <translation>der Text steht irgendwo in der Zeile</translation>
    </message>
    <message>
        <source>is exactly that (also =; letters of either case)</source>
        <translation>ist genau das (auch =; Groß- und Kleinschreibung egal)</translation>
    </message>
    <message>
        <source>is one of these</source>
        <translation>ist eines davon</translation>
    </message>
    <message>
        <source>is not that</source>
        <translation>ist nicht das</translation>
    </message>
    <message>
        <source>contains it; does not contain it</source>
        <translation>enthält es; enthält es nicht</translation>
    </message>
    <message>
        <source>compares, with units: s m h d w, m, Ki Mi Gi</source>
        <translation>vergleicht, mit Einheiten: s m h d w, m, Ki Mi Gi</translation>
    </message>
    <message>
        <source>has the label with this value; has the label</source>
        <translation>hat das Label mit diesem Wert; hat das Label</translation>
    </message>
    <message>
        <source>not</source>
        <translation>nicht</translation>
    </message>
    <message>
        <source>Columns of this table</source>
        <translation>Spalten dieser Tabelle</translation>
    </message>
    <message>
        <source>Tab completes. Down shows what was asked before. Return goes to the table.</source>
        <translation>Tab vervollständigt. Abwärts zeigt frühere Filter. Eingabe geht zur Tabelle.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::QueryHistory</name>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove all</source>
        <translation>Alle entfernen</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Queries that were run before</source>
        <translation>Abfragen, die schon gestellt wurden</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>Im Verlauf suchen</translation>
    </message>
    <message>
        <source>Nothing has been run yet.</source>
        <translation>Es wurde noch nichts ausgeführt.</translation>
    </message>
    <message>
        <source>No query has this in it.</source>
        <translation>Das steht in keiner Abfrage.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::QueryRow</name>
    <message>
        <source>Legend: {{instance}}</source>
        <translation>Legende: {{instance}}</translation>
    </message>
    <message>
        <source>Names of the series</source>
        <translation>Namen der Reihen</translation>
    </message>
    <message>
        <source>How the series are called. {{instance}} stands for the value of the label “instance”.</source>
        <translation>Wie die Reihen heißen. {{instance}} steht für den Wert des Labels „instance“.</translation>
    </message>
    <message>
        <source>Switch query %1 off</source>
        <translation>Abfrage %1 ausschalten</translation>
    </message>
    <message>
        <source>Switch query %1 on</source>
        <translation>Abfrage %1 einschalten</translation>
    </message>
    <message>
        <source>Remove query %1</source>
        <translation>Abfrage %1 entfernen</translation>
    </message>
    <message>
        <source>Query %1</source>
        <translation>Abfrage %1</translation>
    </message>
</context>
<context>
    <name>kdra::ui::Rail</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>kdra::ui::ReaperNotice</name>
    <message>
        <source>Install the environment reaper…</source>
        <translation>Umgebungs-Reaper installieren …</translation>
    </message>
    <message>
        <source>A small job in the cluster that deletes environments whose time is over.</source>
        <translation>Ein kleiner Job im Cluster, der Umgebungen löscht, deren Zeit um ist.</translation>
    </message>
    <message numerus="yes">
        <source>%n environment(s) have expired, and nothing in the cluster deletes them.</source>
        <translation>
            <numerusform>%n Umgebung ist abgelaufen, und nichts im Cluster löscht sie.</numerusform>
            <numerusform>%n Umgebungen sind abgelaufen, und nichts im Cluster löscht sie.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::RelationMap</name>
    <message>
        <source>%1 %2</source>
        <comment>kind and name: Service web</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>owns</source>
        <translation>besitzt</translation>
    </message>
    <message>
        <source>selects</source>
        <translation>wählt aus</translation>
    </message>
    <message>
        <source>routes to</source>
        <translation>leitet zu</translation>
    </message>
    <message>
        <source>mounts</source>
        <translation>bindet ein</translation>
    </message>
    <message>
        <source>scales</source>
        <translation>skaliert</translation>
    </message>
    <message>
        <source>runs on</source>
        <translation>läuft auf</translation>
    </message>
    <message>
        <source>Nothing leads from %1 to %2.</source>
        <translation>Von %1 führt nichts zu %2.</translation>
    </message>
    <message numerus="yes">
        <source>%n more related objects</source>
        <translation>
            <numerusform>%n weiteres verbundenes Objekt</numerusform>
            <numerusform>%n weitere verbundene Objekte</numerusform>
        </translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a relation and an object: owns Pod web-x</comment>
        <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 %n objects</source>
        <comment>a relation: selects 3 objects</comment>
        <translation>
            <numerusform>%1 %n Objekt</numerusform>
            <numerusform>%1 %n Objekte</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::RevisionDialog</name>
    <message>
        <source>Revisions</source>
        <translation>Revisionen</translation>
    </message>
    <message>
        <source>Asking the server for the revisions…</source>
        <translation>Die Revisionen werden vom Server geholt …</translation>
    </message>
    <message>
        <source>Revision %1 (now): %2</source>
        <translation>Revision %1 (jetzt): %2</translation>
    </message>
    <message>
        <source>Revision %1: %2</source>
        <translation>Revision %1: %2</translation>
    </message>
    <message>
        <source>There is no earlier revision to go back to.</source>
        <translation>Es gibt keine frühere Revision, auf die zurückgesetzt werden könnte.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::ScaleDialog</name>
    <message>
        <source>Replicas</source>
        <translation>Replikate</translation>
    </message>
    <message>
        <source>&amp;Replicas</source>
        <translation>&amp;Replikate</translation>
    </message>
</context>
<context>
    <name>kdra::ui::Scene</name>
    <message>
        <source>Pending</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Control plane</source>
        <translation>Steuerungsebene</translation>
    </message>
    <message>
        <source>Raspberry Pis</source>
        <translation>Raspberry Pis</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>Arbeitsknoten</translation>
    </message>
    <message>
        <source>Nodes that are not listed</source>
        <translation>Nicht aufgelistete Knoten</translation>
    </message>
    <message>
        <source>No site</source>
        <translation>Kein Standort</translation>
    </message>
    <message>
        <source>No controller</source>
        <translation>Kein Controller</translation>
    </message>
    <message>
        <source>No such label</source>
        <translation>Ohne dieses Label</translation>
    </message>
    <message>
        <source>Bare pods</source>
        <translation>Pods ohne Controller</translation>
    </message>
</context>
<context>
    <name>kdra::ui::ScenePainter</name>
    <message>
        <source>%1 pods</source>
        <translation>%1 Pods</translation>
    </message>
    <message numerus="yes">
        <source>%n silent</source>
        <translation>
            <numerusform>%n stumm</numerusform>
            <numerusform>%n stumm</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not ready</source>
        <translation>
            <numerusform>%n nicht bereit</numerusform>
            <numerusform>%n nicht bereit</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 failing</source>
        <translation>%1 gestört</translation>
    </message>
    <message>
        <source>1 pod</source>
        <translation>1 Pod</translation>
    </message>
    <message numerus="yes">
        <source>%Ln Pis</source>
        <translation>
            <numerusform>%Ln Pi</numerusform>
            <numerusform>%Ln Pis</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln nodes</source>
        <translation>
            <numerusform>%Ln Knoten</numerusform>
            <numerusform>%Ln Knoten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln workloads</source>
        <translation>
            <numerusform>%Ln Workload</numerusform>
            <numerusform>%Ln Workloads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::SecretsDialog</name>
    <message>
        <source>Secrets of %1</source>
        <translation>Secrets von %1</translation>
    </message>
    <message>
        <source>They were made for this environment. Copy what you need now: KDRA does not show them again. They stay in the cluster, in the environment&apos;s Secret objects.</source>
        <translation>Sie wurden für diese Umgebung erzeugt. Kopieren Sie jetzt, was Sie brauchen: KDRA zeigt sie nicht noch einmal. Sie bleiben im Cluster, in den Secret-Objekten der Umgebung.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 zeigen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>%1 kopieren</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Verbergen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>part and secret</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>kdra::ui::ServerDialog</name>
    <message>
        <source>Do not check the server&apos;s certificate</source>
        <translation>Das Zertifikat des Servers nicht prüfen</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Connect by URL and token</source>
        <translation>Mit URL und Token verbinden</translation>
    </message>
    <message>
        <source>Path of a PEM file; empty for the system&apos;s authorities</source>
        <translation>Pfad einer PEM-Datei; leer für die Stellen des Systems</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>&amp;Server</translation>
    </message>
    <message>
        <source>&amp;Token</source>
        <translation>&amp;Token</translation>
    </message>
    <message>
        <source>Certificate &amp;authority</source>
        <translation>&amp;Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>The token is kept in the desktop&apos;s keychain only.</source>
        <translation>Das Token liegt nur im Schlüsselbund des Desktops.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::Session</name>
    <message>
        <source>Demo cluster</source>
        <translation>Demo-Cluster</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a cluster&apos;s name, and which one of that name</comment>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>kdra::ui::ShareDialog</name>
    <message>
        <source>&amp;Share</source>
        <translation>&amp;Teilen</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>What will be written</source>
        <translation>Was geschrieben wird</translation>
    </message>
    <message>
        <source>Everybody who may read ConfigMaps of this namespace finds it.</source>
        <translation>Alle, die ConfigMaps dieses Namespace lesen dürfen, finden es.</translation>
    </message>
    <message>
        <source>There is no namespace to write to.</source>
        <translation>Es gibt keinen Namespace, in den geschrieben werden kann.</translation>
    </message>
    <message>
        <source>The server is asked whether it would take it.</source>
        <translation>Der Server wird gefragt, ob er es annähme.</translation>
    </message>
    <message>
        <source>There is one of this name already: it will be changed to this.</source>
        <translation>Es gibt schon eines dieses Namens: Es wird in dieses geändert.</translation>
    </message>
    <message>
        <source>The server would take it.</source>
        <translation>Der Server nähme es an.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::SilenceDialog</name>
    <message>
        <source>Silence</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>Silence alerts</source>
        <translation>Alarme stummschalten</translation>
    </message>
    <message>
        <source>Labels that an alert must have</source>
        <translation>Labels, die ein Alarm haben muss</translation>
    </message>
    <message>
        <source>Add a label</source>
        <translation>Label hinzufügen</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>Wie lange</translation>
    </message>
    <message>
        <source>Another length…</source>
        <translation>Andere Dauer …</translation>
    </message>
    <message>
        <source>Until a time…</source>
        <translation>Bis zu einem Zeitpunkt …</translation>
    </message>
    <message>
        <source>Length, as numbers and units</source>
        <translation>Dauer, als Zahlen und Einheiten</translation>
    </message>
    <message>
        <source>45m, 3h30m, 3d</source>
        <translation>45m, 3h30m, 3d</translation>
    </message>
    <message>
        <source>End of the silence</source>
        <translation>Ende der Stummschaltung</translation>
    </message>
    <message>
        <source>Why, for whoever wonders that nothing is heard</source>
        <translation>Warum, für alle, die sich über die Stille wundern</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Alerts whose labels all match tell nobody until the silence ends. They stay in the list.</source>
        <translation>Alarme, deren Labels alle passen, werden bis zum Ende der Stummschaltung niemandem gemeldet. In der Liste bleiben sie.</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>How it is compared</source>
        <translation>Wie verglichen wird</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Do not compare this label</source>
        <translation>Dieses Label nicht vergleichen</translation>
    </message>
    <message>
        <source>is</source>
        <translation>ist</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>ist nicht</translation>
    </message>
    <message>
        <source>matches the regular expression</source>
        <translation>passt zum regulären Ausdruck</translation>
    </message>
    <message>
        <source>does not match the regular expression</source>
        <translation>passt nicht zum regulären Ausdruck</translation>
    </message>
    <message>
        <source>The length cannot be read. Write it like 45m, 3h30m or 3d.</source>
        <translation>Die Dauer ist nicht lesbar. Schreibweise: 45m, 3h30m oder 3d.</translation>
    </message>
    <message>
        <source>The silence would end before it begins. Choose a later end.</source>
        <translation>Die Stummschaltung würde enden, bevor sie beginnt. Ein späteres Ende wählen.</translation>
    </message>
    <message>
        <source>No alert that is there now matches.</source>
        <translation>Keiner der jetzigen Alarme passt.</translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s) that are there now match.</source>
        <translation>
            <numerusform>%n der jetzigen Alarme passt.</numerusform>
            <numerusform>%n der jetzigen Alarme passen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Say which alerts, for how long, who wants it and why.</source>
        <translation>Angeben, welche Alarme, wie lange, wer es möchte und warum.</translation>
    </message>
    <message>
        <source>Silencing…</source>
        <translation>Wird stummgeschaltet …</translation>
    </message>
</context>
<context>
    <name>kdra::ui::SilenceList</name>
    <message>
        <source>Silences</source>
        <translation>Stummschaltungen</translation>
    </message>
    <message>
        <source>New silence…</source>
        <translation>Neue Stummschaltung …</translation>
    </message>
    <message>
        <source>Expire</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>End the selected silences now (Delete)</source>
        <translation>Die ausgewählten Stummschaltungen jetzt beenden (Entf)</translation>
    </message>
    <message>
        <source>Silences (%1)</source>
        <translation>Stummschaltungen (%1)</translation>
    </message>
</context>
<context>
    <name>kdra::ui::SilenceModel</name>
    <message>
        <source>not yet begun</source>
        <translation>noch nicht begonnen</translation>
    </message>
    <message>
        <source>in %1</source>
        <comment>an age</comment>
        <translation>in %1</translation>
    </message>
    <message>
        <source>Silenced</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Endet</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
</context>
<context>
    <name>kdra::ui::SourceDialog</name>
    <message>
        <source>Answers</source>
        <translation>Antwortet</translation>
    </message>
    <message>
        <source>Has no data</source>
        <translation>Hat keine Daten</translation>
    </message>
    <message>
        <source>Fails</source>
        <translation>Versagt</translation>
    </message>
    <message>
        <source>Trust any certificate</source>
        <translation>Jedem Zertifikat vertrauen</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Where the numbers come from</source>
        <translation>Woher die Werte kommen</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>Was sie sagt</translation>
    </message>
    <message>
        <source>Found by</source>
        <translation>Gefunden über</translation>
    </message>
    <message>
        <source>What was found in the cluster</source>
        <translation>Was im Cluster gefunden wurde</translation>
    </message>
    <message>
        <source>The best that answers</source>
        <translation>Die beste, die antwortet</translation>
    </message>
    <message>
        <source>A Service of the cluster</source>
        <translation>Ein Service des Clusters</translation>
    </message>
    <message>
        <source>Services with a label</source>
        <translation>Services mit einem Label</translation>
    </message>
    <message>
        <source>A URL</source>
        <translation>Eine URL</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>User and password</source>
        <translation>Benutzer und Passwort</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>File with PEM</source>
        <translation>Datei mit PEM</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>Nehmen</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>Path before /api</source>
        <translation>Pfad vor /api</translation>
    </message>
    <message>
        <source>Tenant</source>
        <translation>Mandant</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Password or token</source>
        <translation>Passwort oder Token</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut suchen</translation>
    </message>
    <message>
        <source>The file cannot be read: %1</source>
        <translation>Die Datei kann nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>Choose a file with PEM that you may read.</source>
        <translation>Wählen Sie eine Datei mit PEM, die Sie lesen dürfen.</translation>
    </message>
    <message>
        <source>Where alerts are silenced</source>
        <translation>Wo Alarme stummgeschaltet werden</translation>
    </message>
</context>
<context>
    <name>kdra::ui::SummaryView</name>
    <message>
        <source>Conditions</source>
        <translation>Bedingungen</translation>
    </message>
    <message>
        <source>Related</source>
        <translation>Zugehörig</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Was nicht stimmt</translation>
    </message>
    <message>
        <source>Related objects</source>
        <translation>Zugehörige Objekte</translation>
    </message>
    <message numerus="yes">
        <source>+%n more</source>
        <translation>
            <numerusform>+%n weiteres</numerusform>
            <numerusform>+%n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::TableColumns</name>
    <message>
        <source>Move this column to the left</source>
        <translation>Diese Spalte nach links schieben</translation>
    </message>
    <message>
        <source>Move this column to the right</source>
        <translation>Diese Spalte nach rechts schieben</translation>
    </message>
    <message>
        <source>Reset the columns</source>
        <translation>Spalten zurücksetzen</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
</context>
<context>
    <name>kdra::ui::TableCopy</name>
    <message>
        <source>Copy the rows</source>
        <translation>Zeilen kopieren</translation>
    </message>
    <message>
        <source>Copy the rows with titles</source>
        <translation>Zeilen mit Titeln kopieren</translation>
    </message>
    <message>
        <source>Copy the names</source>
        <translation>Namen kopieren</translation>
    </message>
    <message>
        <source>Copy as “kubectl get”</source>
        <translation>Als „kubectl get“ kopieren</translation>
    </message>
    <message>
        <source>Copy as “kubectl describe”</source>
        <translation>Als „kubectl describe“ kopieren</translation>
    </message>
    <message>
        <source>Copy as “kubectl delete”</source>
        <translation>Als „kubectl delete“ kopieren</translation>
    </message>
</context>
<context>
    <name>kdra::ui::TablePage</name>
    <message>
        <source>Filter %1</source>
        <translation>%1 filtern</translation>
    </message>
    <message>
        <source>Problems only</source>
        <translation>Nur Probleme</translation>
    </message>
    <message>
        <source>Nothing matches this filter.</source>
        <translation>Nichts passt zu diesem Filter.</translation>
    </message>
    <message>
        <source>There is nothing here.</source>
        <translation>Hier ist nichts.</translation>
    </message>
    <message>
        <source>Filter by words or columns (F1: how)</source>
        <translation>Nach Wörtern oder Spalten filtern (F1: wie)</translation>
    </message>
    <message>
        <source>How to filter (F1 in the box)</source>
        <translation>So wird gefiltert (F1 im Feld)</translation>
    </message>
    <message>
        <source>How to filter</source>
        <translation>So wird gefiltert</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Which columns are shown (%1)</source>
        <translation>Welche Spalten gezeigt werden (%1)</translation>
    </message>
</context>
<context>
    <name>kdra::ui::TaskDetails</name>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
</context>
<context>
    <name>kdra::ui::TaskList</name>
    <message>
        <source>Nothing is being changed. What KDRA does in the cluster is listed here while it runs.</source>
        <translation>Es wird nichts geändert. Was KDRA im Cluster tut, steht hier, solange es läuft.</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Show what happened</source>
        <translation>Zeigen, was geschah</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Clear what has finished</source>
        <translation>Beendetes entfernen</translation>
    </message>
</context>
<context>
    <name>kdra::ui::Template</name>
    <message>
        <source>Applications</source>
        <translation>Anwendungen</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Messaging</source>
        <translation>Messaging</translation>
    </message>
    <message>
        <source>Edge</source>
        <translation>Edge</translation>
    </message>
    <message>
        <source>Observability</source>
        <translation>Observability</translation>
    </message>
    <message>
        <source>Testing</source>
        <translation>Tests</translation>
    </message>
    <message>
        <source>Basics</source>
        <translation>Grundlagen</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>edge</source>
        <translation>Edge</translation>
    </message>
    <message>
        <source>storage</source>
        <translation>Storage</translation>
    </message>
    <message>
        <source>ingress</source>
        <translation>Ingress</translation>
    </message>
    <message>
        <source>cluster-wide</source>
        <translation>clusterweit</translation>
    </message>
    <message>
        <source>your folder</source>
        <translation>Ihr Ordner</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>geteilt</translation>
    </message>
    <message>
        <source>Kustomize</source>
        <translation>Kustomize</translation>
    </message>
    <message>
        <source>Helm</source>
        <translation>Helm</translation>
    </message>
</context>
<context>
    <name>kdra::ui::TemplateCardDelegate</name>
    <message>
        <source>Create…</source>
        <translation>Anlegen …</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
</context>
<context>
    <name>kdra::ui::TemplateDesk</name>
    <message>
        <source>The template cannot be written: %1</source>
        <translation>Die Vorlage kann nicht geschrieben werden: %1</translation>
    </message>
    <message>
        <source>Make room, or correct the permissions of the folder.</source>
        <translation>Schaffen Sie Platz, oder berichtigen Sie die Rechte des Ordners.</translation>
    </message>
    <message>
        <source>Save a &amp;namespace as a template…</source>
        <translation>Einen &amp;Namespace als Vorlage sichern …</translation>
    </message>
    <message>
        <source>Save as template</source>
        <translation>Als Vorlage sichern</translation>
    </message>
    <message>
        <source>Of what is in namespace:</source>
        <translation>Aus dem Inhalt des Namespace:</translation>
    </message>
    <message>
        <source>Import a &amp;Kustomize directory…</source>
        <translation>&amp;Kustomize-Verzeichnis einlesen …</translation>
    </message>
    <message>
        <source>Import a &amp;Helm chart…</source>
        <translation>&amp;Helm-Chart einlesen …</translation>
    </message>
    <message>
        <source>&amp;Share with the team…</source>
        <translation>Mit dem &amp;Team teilen …</translation>
    </message>
    <message>
        <source>Share with the team</source>
        <translation>Mit dem Team teilen</translation>
    </message>
    <message>
        <source>Everybody who may read ConfigMaps of this namespace sees it:</source>
        <translation>Alle, die ConfigMaps dieses Namespace lesen dürfen, sehen sie:</translation>
    </message>
    <message>
        <source>This cluster is marked read-only.</source>
        <translation>Dieser Cluster ist als schreibgeschützt markiert.</translation>
    </message>
    <message>
        <source>Saved from namespace %1.</source>
        <translation>Aus Namespace %1 gesichert.</translation>
    </message>
    <message>
        <source>Own templates</source>
        <translation>Eigene Vorlagen</translation>
    </message>
    <message>
        <source>Namespace %1 could not be saved as a template</source>
        <translation>Namespace %1 konnte nicht als Vorlage gesichert werden</translation>
    </message>
    <message>
        <source>%1 is shared in namespace %2</source>
        <translation>%1 ist in Namespace %2 geteilt</translation>
    </message>
    <message>
        <source>%1 could not be shared</source>
        <translation>%1 konnte nicht geteilt werden</translation>
    </message>
    <message>
        <source>Import a Kustomize directory</source>
        <translation>Kustomize-Verzeichnis einlesen</translation>
    </message>
    <message>
        <source>%1 could not be imported</source>
        <translation>%1 konnte nicht eingelesen werden</translation>
    </message>
    <message>
        <source>Import a Helm chart</source>
        <translation>Helm-Chart einlesen</translation>
    </message>
    <message>
        <source>%1 is a template now</source>
        <translation>%1 ist jetzt eine Vorlage</translation>
    </message>
    <message>
        <source>%1 could not be kept</source>
        <translation>%1 konnte nicht behalten werden</translation>
    </message>
    <message>
        <source>Save as &amp;template…</source>
        <translation>Als &amp;Vorlage sichern …</translation>
    </message>
    <message>
        <source>Name of the template:</source>
        <translation>Name der Vorlage:</translation>
    </message>
    <message>
        <source>The selection could not be saved as a template</source>
        <translation>Die Auswahl ließ sich nicht als Vorlage sichern</translation>
    </message>
</context>
<context>
    <name>kdra::ui::TemplateModel</name>
    <message>
        <source>Cannot be used</source>
        <translation>Nicht verwendbar</translation>
    </message>
    <message>
        <source>Template %1 cannot be used: %2</source>
        <translation>Vorlage %1 ist nicht verwendbar: %2</translation>
    </message>
    <message>
        <source>Created without review</source>
        <translation>Wird ohne Prüfung angelegt</translation>
    </message>
    <message>
        <source>created without review</source>
        <translation>wird ohne Prüfung angelegt</translation>
    </message>
</context>
<context>
    <name>kdra::ui::TemplatePalette</name>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Search templates</source>
        <translation>Vorlagen durchsuchen</translation>
    </message>
    <message>
        <source>Drag one onto a node, a site or the whole cluster. Space picks it up for the keyboard.</source>
        <translation>Ziehen Sie eine auf einen Knoten, einen Standort oder den ganzen Cluster. Die Leertaste nimmt sie für die Tastatur auf.</translation>
    </message>
    <message>
        <source>Templates are being read…</source>
        <translation>Vorlagen werden gelesen …</translation>
    </message>
    <message>
        <source>There are no templates. They come with KDRA, from your folder, and from the cluster.</source>
        <translation>Es gibt keine Vorlagen. Vorlagen kommen mit KDRA, aus Ihrem Ordner und aus dem Cluster.</translation>
    </message>
    <message>
        <source>No template matches “%1”.</source>
        <translation>Keine Vorlage passt zu „%1“.</translation>
    </message>
    <message>
        <source>Create…</source>
        <translation>Anlegen …</translation>
    </message>
    <message>
        <source>Pick up</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Review and create…</source>
        <translation>Prüfen und anlegen …</translation>
    </message>
    <message>
        <source>Create without review</source>
        <translation>Ohne Prüfung anlegen</translation>
    </message>
    <message>
        <source>Dropping it, a double click and Enter create at once, with the defaults.</source>
        <translation>Ablegen, Doppelklick und Eingabetaste legen sofort mit den Vorgaben an.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::TilePainter</name>
    <message>
        <source>not listed</source>
        <translation>nicht aufgelistet</translation>
    </message>
    <message>
        <source>NotReady</source>
        <translation>nicht bereit</translation>
    </message>
    <message>
        <source>%1 min late</source>
        <translation>%1 min verspätet</translation>
    </message>
    <message>
        <source>%1 s late</source>
        <translation>%1 s verspätet</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>low memory</source>
        <translation>wenig Speicher</translation>
    </message>
    <message>
        <source>low disk</source>
        <translation>wenig Platz</translation>
    </message>
    <message>
        <source>low PIDs</source>
        <translation>wenig PIDs</translation>
    </message>
    <message>
        <source>no network</source>
        <translation>kein Netz</translation>
    </message>
    <message>
        <source>cordoned</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>CPU requested: %1 of %2</source>
        <translation>CPU angefordert: %1 von %2</translation>
    </message>
    <message>
        <source>Memory requested: %1 of %2</source>
        <translation>Speicher angefordert: %1 von %2</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n Alarm</numerusform>
            <numerusform>%n Alarme</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::TimeRangePicker</name>
    <message>
        <source>Times in UTC</source>
        <translation>Zeiten in UTC</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Time range</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Usual time ranges</source>
        <translation>Übliche Zeiträume</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
</context>
<context>
    <name>kdra::ui::TimeToLiveBox</name>
    <message>
        <source>Time to live</source>
        <translation>Lebensdauer</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>Für immer</translation>
    </message>
    <message>
        <source>Another time…</source>
        <translation>Andere Zeit …</translation>
    </message>
    <message>
        <source>Time to live, as a number and a unit</source>
        <translation>Lebensdauer, als Zahl und Einheit</translation>
    </message>
    <message>
        <source>30m, 36h, 10d, 2w</source>
        <translation>30m, 36h, 10d, 2w</translation>
    </message>
    <message>
        <source>Write a time like 30m, 36h, 10d or 2w.</source>
        <translation>Schreiben Sie eine Zeit wie 30m, 36h, 10d oder 2w.</translation>
    </message>
    <message>
        <source>It stays until somebody deletes it.</source>
        <translation>Die Umgebung bleibt, bis jemand sie löscht.</translation>
    </message>
    <message>
        <source>Its time is over on %1.</source>
        <translation>Die Zeit der Umgebung ist am %1 um.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::TopBar</name>
    <message>
        <source>Cluster</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>All namespaces</source>
        <translation>Alle Namespaces</translation>
    </message>
    <message>
        <source>Search, or run a command…</source>
        <translation>Suchen oder Befehl ausführen …</translation>
    </message>
    <message>
        <source>Nodes that need attention</source>
        <translation>Knoten, die Aufmerksamkeit brauchen</translation>
    </message>
    <message>
        <source>Freshness</source>
        <translation>Frische</translation>
    </message>
    <message>
        <source>Main menu</source>
        <translation>Hauptmenü</translation>
    </message>
    <message>
        <source>Close this cluster</source>
        <translation>Diesen Cluster schließen</translation>
    </message>
    <message>
        <source>No cluster</source>
        <translation>Kein Cluster</translation>
    </message>
    <message>
        <source>Freshness: %1</source>
        <translation>Frische: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) need attention</source>
        <translation>
            <numerusform>%n Knoten braucht Aufmerksamkeit</numerusform>
            <numerusform>%n Knoten brauchen Aufmerksamkeit</numerusform>
        </translation>
    </message>
    <message>
        <source>Connect to %1</source>
        <translation>Mit %1 verbinden</translation>
    </message>
    <message>
        <source>How this cluster is marked</source>
        <translation>Wie dieser Cluster markiert ist</translation>
    </message>
    <message>
        <source>KDRA refuses everything that would change this cluster.</source>
        <translation>KDRA lehnt alles ab, was diesen Cluster ändern würde.</translation>
    </message>
    <message>
        <source>What is destructive has to be confirmed by typing.</source>
        <translation>Zerstörendes muss durch Eintippen bestätigt werden.</translation>
    </message>
    <message>
        <source>This cluster is marked: %1</source>
        <translation>Dieser Cluster ist markiert: %1</translation>
    </message>
    <message>
        <source>Cluster: %1</source>
        <translation>Cluster: %1</translation>
    </message>
    <message>
        <source>Namespace: %1</source>
        <translation>Namespace: %1</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Alerts not known</source>
        <translation>Alarme unbekannt</translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n Alarm</numerusform>
            <numerusform>%n Alarme</numerusform>
        </translation>
    </message>
    <message>
        <source>Show what is firing (Ctrl+8)</source>
        <translation>Zeigen, was ausgelöst ist (Strg+8)</translation>
    </message>
</context>
<context>
    <name>kdra::ui::TopologyPage</name>
    <message>
        <source>Nodes are as of %1: the watch is broken and being repaired.</source>
        <translation>Knoten vom Stand %1: Die Beobachtung ist unterbrochen und wird repariert.</translation>
    </message>
    <message>
        <source>Pods are as of %1: the watch is broken and being repaired.</source>
        <translation>Pods vom Stand %1: Die Beobachtung ist unterbrochen und wird repariert.</translation>
    </message>
    <message>
        <source>You may not list nodes: only those that run pods you may see are shown.</source>
        <translation>Sie dürfen Knoten nicht auflisten: Gezeigt werden nur solche mit Pods, die Sie sehen dürfen.</translation>
    </message>
    <message>
        <source>You may not list pods of the whole cluster.</source>
        <translation>Sie dürfen die Pods des ganzen Clusters nicht auflisten.</translation>
    </message>
    <message>
        <source>Nodes cannot be read.</source>
        <translation>Knoten können nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Pods cannot be read.</source>
        <translation>Pods können nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Group: %1</source>
        <translation>Gruppe: %1</translation>
    </message>
    <message>
        <source>What the canvas shows and groups by</source>
        <translation>Was die Fläche zeigt und wonach sie gruppiert</translation>
    </message>
    <message>
        <source>Overlay: %1</source>
        <translation>Farben: %1</translation>
    </message>
    <message>
        <source>What pods are coloured by (O for the next, Shift+O for the one before)</source>
        <translation>Wonach Pods gefärbt sind (O: weiter, Umschalt+O: zurück)</translation>
    </message>
    <message>
        <source>tiles: %1</source>
        <translation>Kacheln: %1</translation>
    </message>
    <message>
        <source>nodes: %1</source>
        <translation>Knoten: %1</translation>
    </message>
    <message>
        <source>pods: %1</source>
        <translation>Pods: %1</translation>
    </message>
    <message>
        <source>namespaces: %1</source>
        <translation>Namespaces: %1</translation>
    </message>
    <message>
        <source>workloads: %1</source>
        <translation>Workloads: %1</translation>
    </message>
    <message>
        <source>services: %1</source>
        <translation>Services: %1</translation>
    </message>
    <message>
        <source>Search: %1 — %2.</source>
        <translation>Suche: %1 — %2.</translation>
    </message>
    <message>
        <source>Hit %1 of %2.</source>
        <translation>Treffer %1 von %2.</translation>
    </message>
    <message>
        <source>Enter goes to the next, Shift+Enter back, Esc ends.</source>
        <translation>Eingabe geht weiter, Umschalt+Eingabe zurück, Esc beendet.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::Unattended</name>
    <message>
        <source>Not connected.</source>
        <translation>Nicht verbunden.</translation>
    </message>
    <message>
        <source>Not everything was loaded within two minutes.</source>
        <translation>Innerhalb von zwei Minuten wurde nicht alles geladen.</translation>
    </message>
    <message>
        <source>There is no cluster to connect to.</source>
        <translation>Es gibt keinen Cluster, mit dem verbunden werden könnte.</translation>
    </message>
    <message>
        <source>The picture could not be written: %1</source>
        <translation>Das Bild konnte nicht geschrieben werden: %1</translation>
    </message>
</context>
<context>
    <name>kdra::ui::UseNowView</name>
    <message>
        <source>Install Prometheus…</source>
        <translation>Prometheus installieren …</translation>
    </message>
    <message>
        <source>Choose a source…</source>
        <translation>Quelle wählen …</translation>
    </message>
    <message>
        <source>CPU of the busiest nodes, now</source>
        <translation>CPU der meistbeschäftigten Knoten, jetzt</translation>
    </message>
    <message>
        <source>Memory of the fullest nodes, now</source>
        <translation>Speicher der vollsten Knoten, jetzt</translation>
    </message>
    <message>
        <source>Pods with the most CPU, now</source>
        <translation>Pods mit der meisten CPU, jetzt</translation>
    </message>
    <message>
        <source>Pods with the most memory, now</source>
        <translation>Pods mit dem meisten Speicher, jetzt</translation>
    </message>
    <message>
        <source>These are the numbers of metrics-server: what is used just now. It knows no past, so there are no plots, no dashboards and no alerts.</source>
        <translation>Dies sind die Zahlen von metrics-server: was gerade jetzt verbraucht wird. Er kennt keine Vergangenheit, darum gibt es keine Verläufe, keine Dashboards und keine Alarme.</translation>
    </message>
</context>
<context>
    <name>kdra::ui::VariableBar</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen</source>
        <comment>values of a variable</comment>
        <translation>
            <numerusform>%n gewählt</numerusform>
            <numerusform>%n gewählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <comment>values of a variable</comment>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::VectorPainter</name>
    <message>
        <source>1 pod</source>
        <translation>1 Pod</translation>
    </message>
    <message>
        <source>%1 pods</source>
        <translation>%1 Pods</translation>
    </message>
</context>
<context>
    <name>kdra::ui::WelcomePage</name>
    <message>
        <source>Welcome to KDRA</source>
        <translation>Willkommen bei KDRA</translation>
    </message>
    <message>
        <source>See your Kubernetes cluster and its Raspberry Pis live. Choose how to begin.</source>
        <translation>Sehen Sie Ihren Kubernetes-Cluster und seine Raspberry Pis live. Wie möchten Sie beginnen?</translation>
    </message>
    <message>
        <source>Demo cluster</source>
        <translation>Demo-Cluster</translation>
    </message>
    <message>
        <source>24 nodes, 16 of them Raspberry Pis, run on this computer. Nothing leaves it.</source>
        <translation>24 Knoten, davon 16 Raspberry Pis, laufen auf diesem Rechner. Nichts verlässt ihn.</translation>
    </message>
    <message>
        <source>Start the demo</source>
        <translation>Demo starten</translation>
    </message>
    <message>
        <source>Kubeconfig file</source>
        <translation>Kubeconfig-Datei</translation>
    </message>
    <message>
        <source>The file that kubectl uses. You can also drop it onto this window.</source>
        <translation>Die Datei, die kubectl verwendet. Sie können sie auch auf dieses Fenster ziehen.</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>Datei öffnen …</translation>
    </message>
    <message>
        <source>URL and token</source>
        <translation>URL und Token</translation>
    </message>
    <message>
        <source>Address of an API server, and a token, which is kept in the desktop&apos;s keychain.</source>
        <translation>Adresse eines API-Servers und ein Token, das im Schlüsselbund des Desktops bleibt.</translation>
    </message>
    <message>
        <source>Connect…</source>
        <translation>Verbinden …</translation>
    </message>
    <message>
        <source>Open a kubeconfig file</source>
        <translation>Kubeconfig-Datei öffnen</translation>
    </message>
</context>
<context>
    <name>kdra::ui::WithoutReview</name>
    <message>
        <source>You are asked because this cluster is marked read-only.</source>
        <translation>Sie werden gefragt, weil dieser Cluster als schreibgeschützt markiert ist.</translation>
    </message>
    <message>
        <source>You are asked because this cluster is marked production.</source>
        <translation>Sie werden gefragt, weil dieser Cluster als Produktion markiert ist.</translation>
    </message>
    <message>
        <source>You are asked because there is an environment already that it goes into.</source>
        <translation>Sie werden gefragt, weil es in eine Umgebung kommt, die schon da ist.</translation>
    </message>
    <message>
        <source>You are asked because something is missing. %1</source>
        <translation>Sie werden gefragt, weil etwas fehlt. %1</translation>
    </message>
    <message>
        <source>You are asked because it makes objects outside of its namespace: %1.</source>
        <translation>Sie werden gefragt, weil Objekte außerhalb des Namespace entstehen: %1.</translation>
    </message>
    <message>
        <source>You are asked because it does not fit.</source>
        <translation>Sie werden gefragt, weil es nicht passt.</translation>
    </message>
    <message>
        <source>You are asked because it is not known yet whether it fits.</source>
        <translation>Sie werden gefragt, weil noch nicht bekannt ist, ob es passt.</translation>
    </message>
</context>
<context>
    <name>kube</name>
    <message>
        <source>The request was cancelled.</source>
        <translation>Die Anfrage wurde abgebrochen.</translation>
    </message>
    <message>
        <source>cluster %1, certificate-authority-data</source>
        <translation>Cluster %1, certificate-authority-data</translation>
    </message>
    <message>
        <source>The user “%1” is impersonated with several groups or values, which is not supported.</source>
        <translation>Der Benutzer „%1“ wird mit mehreren Gruppen oder Werten verkörpert, was nicht unterstützt wird.</translation>
    </message>
    <message>
        <source>Leave one entry in as-groups and one for each key of as-user-extra.</source>
        <translation>Lassen Sie einen Eintrag in as-groups und einen je Schlüssel von as-user-extra.</translation>
    </message>
    <message>
        <source>This cluster is marked read-only, so the request was not sent.</source>
        <translation>Dieser Cluster ist als schreibgeschützt markiert, deshalb wurde die Anfrage nicht gesendet.</translation>
    </message>
    <message>
        <source>Take the read-only mark off the cluster first.</source>
        <translation>Nehmen Sie dem Cluster zuerst die Markierung als schreibgeschützt.</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 m</source>
        <comment>minutes</comment>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <comment>hours</comment>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 d</source>
        <comment>days</comment>
        <translation>%1 T</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>gesund</translation>
    </message>
    <message>
        <source>progressing</source>
        <translation>im Gange</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>failing</source>
        <translation>gestört</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pods</translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation>Namespaces</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Lädt</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>Verbindet neu</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>Nicht erlaubt</translation>
    </message>
    <message>
        <source>Not served</source>
        <translation>Nicht angeboten</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>The server&apos;s answer is not a Kubernetes object.</source>
        <translation>Die Antwort des Servers ist kein Kubernetes-Objekt.</translation>
    </message>
    <message>
        <source>Try again; if it stays, a proxy may be in the way.</source>
        <translation>Versuchen Sie es erneut; bleibt es dabei, steht vielleicht ein Proxy im Weg.</translation>
    </message>
    <message>
        <source>Environments (ConfigMaps)</source>
        <translation>Umgebungen (ConfigMaps)</translation>
    </message>
    <message>
        <source>Shared templates (ConfigMaps)</source>
        <translation>Geteilte Vorlagen (ConfigMaps)</translation>
    </message>
    <message>
        <source>Environment (ConfigMap)</source>
        <translation>Umgebung (ConfigMap)</translation>
    </message>
    <message>
        <source>Template (ConfigMap)</source>
        <translation>Vorlage (ConfigMap)</translation>
    </message>
</context>
<context>
    <name>secretstore</name>
    <message>
        <source>The keychain holds no secret under this name.</source>
        <translation>Der Schlüsselbund enthält nichts unter diesem Namen.</translation>
    </message>
    <message>
        <source>The keychain did not answer: %1.</source>
        <translation>Der Schlüsselbund hat nicht geantwortet: %1.</translation>
    </message>
    <message>
        <source>Start and unlock a Secret Service (GNOME Keyring, KWallet), then try again.</source>
        <translation>Starten und entsperren Sie einen Secret Service (GNOME Keyring, KWallet), dann versuchen Sie es erneut.</translation>
    </message>
</context>
</TS>
