<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
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
        <source>Updated</source>
        <translation>Aktualisiert</translation>
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
    <name>kdra::ui::Canvas</name>
    <message>
        <source>Topology</source>
        <translation>Topologie</translation>
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
    <name>kdra::ui::ChoicePopover</name>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
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
</context>
<context>
    <name>kdra::ui::Drawer</name>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>Nothing is being changed. What KDRA does in the cluster is listed here while it runs.</source>
        <translation>Es wird nichts geändert. Was KDRA im Cluster tut, steht hier, solange es läuft.</translation>
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
    <name>kdra::ui::FreshnessPopover</name>
    <message>
        <source>Freshness of each kind</source>
        <translation>Frische jeder Art</translation>
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
</context>
<context>
    <name>kdra::ui::Legend</name>
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
    <message>
        <source>Legend: %1</source>
        <translation>Legende: %1</translation>
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
        <source>Show the &amp;fleet</source>
        <translation>&amp;Flotte zeigen</translation>
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
    <name>kdra::ui::Minimap</name>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
</context>
<context>
    <name>kdra::ui::Pages</name>
    <message>
        <source>Environments are not built yet</source>
        <translation>Umgebungen gibt es noch nicht</translation>
    </message>
    <message>
        <source>A later version makes whole test environments from templates here: drag one onto a node or a site, see whether it fits, and it is gone again by itself.</source>
        <translation>Eine spätere Version legt hier ganze Testumgebungen aus Vorlagen an: auf einen Knoten oder Standort ziehen, sehen, ob sie passt, und sie verschwindet von selbst wieder.</translation>
    </message>
    <message>
        <source>Metrics are not built yet</source>
        <translation>Messwerte gibt es noch nicht</translation>
    </message>
    <message>
        <source>A later version plots CPU, memory, temperature and power here, from the cluster&apos;s own Prometheus.</source>
        <translation>Eine spätere Version zeichnet hier CPU, Speicher, Temperatur und Leistung aus dem Prometheus des Clusters.</translation>
    </message>
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
</context>
<context>
    <name>kdra::ui::Rail</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
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
</context>
<context>
    <name>kdra::ui::SummaryView</name>
    <message>
        <source>Conditions</source>
        <translation>Bedingungen</translation>
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
        <translation>Alles Gezeigte wird live beobachtet.</translation>
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
        <translation>Ein Teil des Gezeigten ist alt: Seine Verbindung wird repariert.</translation>
    </message>
    <message>
        <source>Partly live</source>
        <translation>Teils live</translation>
    </message>
    <message>
        <source>Some kinds cannot be seen. Click for which, and why.</source>
        <translation>Manche Arten sind nicht sichtbar. Ein Klick zeigt, welche und warum.</translation>
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
</context>
<context>
    <name>kdra::ui::TopologyPage</name>
    <message>
        <source>Site</source>
        <translation>Standort</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Group: Role</source>
        <translation>Gruppe: Rolle</translation>
    </message>
    <message>
        <source>Group: Site</source>
        <translation>Gruppe: Standort</translation>
    </message>
    <message>
        <source>What nodes are grouped by</source>
        <translation>Wonach Knoten gruppiert werden</translation>
    </message>
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
        <source>Search: %1 — nodes: %2, pods: %3. Enter goes to the next, Esc ends.</source>
        <translation>Suche: %1 – Knoten: %2, Pods: %3. Eingabe geht zum nächsten, Esc beendet.</translation>
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
