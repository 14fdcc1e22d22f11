<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>EnvironmentText</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restarted %n time(s)</source>
        <translation>
            <numerusform>Restarted once</numerusform>
            <numerusform>Restarted %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restarted %n time(s), the last after %1</source>
        <translation>
            <numerusform>Restarted once, after %1</numerusform>
            <numerusform>Restarted %n times, the last after %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::actions::Drain</name>
    <message numerus="yes">
        <source>%n of %1 pod(s) are gone; the node takes no new ones.</source>
        <translation>
            <numerusform>%n of %1 pods is gone; the node takes no new ones.</numerusform>
            <numerusform>%n of %1 pods are gone; the node takes no new ones.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Evicting %n pod(s) from %1.</source>
        <translation>
            <numerusform>Evicting %n pod from %1.</numerusform>
            <numerusform>Evicting %n pods from %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Waiting for %n pod(s) to stop.</source>
        <translation>
            <numerusform>Waiting for %n pod to stop.</numerusform>
            <numerusform>Waiting for %n pods to stop.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 pod(s) could not be evicted.</source>
        <translation>
            <numerusform>%n of %1 pods could not be evicted.</numerusform>
            <numerusform>%n of %1 pods could not be evicted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is drained: %n pod(s) left it.</source>
        <translation>
            <numerusform>%1 is drained: %n pod left it.</numerusform>
            <numerusform>%1 is drained: %n pods left it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After %n second(s) the drain was not finished.</source>
        <translation>
            <numerusform>After %n second the drain was not finished.</numerusform>
            <numerusform>After %n seconds the drain was not finished.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Time is up: %n pod(s) are still there.</source>
        <translation>
            <numerusform>Time is up: %n pod is still there.</numerusform>
            <numerusform>Time is up: %n pods are still there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::actions::DrainPreview</name>
    <message numerus="yes">
        <source>Takes no more pods on %1 and evicts %n pod(s).</source>
        <translation>
            <numerusform>Takes no more pods on %1 and evicts %n pod.</numerusform>
            <numerusform>Takes no more pods on %1 and evicts %n pods.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) of daemon sets stay.</source>
        <translation>
            <numerusform>%n pod of daemon sets stays.</numerusform>
            <numerusform>%n pods of daemon sets stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n static pod(s) stay.</source>
        <translation>
            <numerusform>%n static pod stays.</numerusform>
            <numerusform>%n static pods stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) lose local data.</source>
        <translation>
            <numerusform>%n pod loses local data.</numerusform>
            <numerusform>%n pods lose local data.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) will not be made anew by anybody.</source>
        <translation>
            <numerusform>%n pod will not be made anew by anybody.</numerusform>
            <numerusform>%n pods will not be made anew by anybody.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) have no controller that would make them anew: %1.</source>
        <translation>
            <numerusform>%n pod has no controller that would make it anew: %1.</numerusform>
            <numerusform>%n pods have no controller that would make them anew: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) would lose the data of their emptyDir volumes: %1.</source>
        <translation>
            <numerusform>%n pod would lose the data of its emptyDir volumes: %1.</numerusform>
            <numerusform>%n pods would lose the data of their emptyDir volumes: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::actions::EachTarget</name>
    <message numerus="yes">
        <source>%n of %1 done.</source>
        <translation>
            <numerusform>%n of %1 done.</numerusform>
            <numerusform>%n of %1 done.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n are done.</source>
        <translation>
            <numerusform>%n is done.</numerusform>
            <numerusform>All %n are done.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 failed. The first reason: %2</source>
        <translation>
            <numerusform>%n of %1 failed. The first reason: %2</numerusform>
            <numerusform>%n of %1 failed. The first reason: %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::actions::Order</name>
    <message numerus="yes">
        <source>Takes no more pods on %1 and evicts %n pod(s).</source>
        <translation>
            <numerusform>Takes no more pods on %1 and evicts %n pod.</numerusform>
            <numerusform>Takes no more pods on %1 and evicts %n pods.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) of daemon sets stay.</source>
        <translation>
            <numerusform>%n pod of daemon sets stays.</numerusform>
            <numerusform>%n pods of daemon sets stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n static pod(s) stay.</source>
        <translation>
            <numerusform>%n static pod stays.</numerusform>
            <numerusform>%n static pods stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Scales %1 from %2 to %n replica(s).</source>
        <translation>
            <numerusform>Scales %1 from %2 to %n replica.</numerusform>
            <numerusform>Scales %1 from %2 to %n replicas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Scales %1 to %n replica(s) each.</source>
        <translation>
            <numerusform>Scales %1 to %n replica each.</numerusform>
            <numerusform>Scales %1 to %n replicas each.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replaces %n pod(s) of %1, a few at a time.</source>
        <translation>
            <numerusform>Replaces %n pod of %1, a few at a time.</numerusform>
            <numerusform>Replaces %n pods of %1, a few at a time.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::actions::Target</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s)</source>
        <translation>
            <numerusform>%n pod</numerusform>
            <numerusform>%n pods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deployment(s)</source>
        <translation>
            <numerusform>%n deployment</numerusform>
            <numerusform>%n deployments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stateful set(s)</source>
        <translation>
            <numerusform>%n stateful set</numerusform>
            <numerusform>%n stateful sets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n daemon set(s)</source>
        <translation>
            <numerusform>%n daemon set</numerusform>
            <numerusform>%n daemon sets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cron job(s)</source>
        <translation>
            <numerusform>%n cron job</numerusform>
            <numerusform>%n cron jobs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s)</source>
        <translation>
            <numerusform>%n object</numerusform>
            <numerusform>%n objects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::doctor::Login</name>
    <message numerus="yes">
        <source>This computer&apos;s clock is %n minute(s) behind the server&apos;s.</source>
        <translation>
            <numerusform>This computer&apos;s clock is %n minute behind the server&apos;s.</numerusform>
            <numerusform>This computer&apos;s clock is %n minutes behind the server&apos;s.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This computer&apos;s clock is %n minute(s) ahead of the server&apos;s.</source>
        <translation>
            <numerusform>This computer&apos;s clock is %n minute ahead of the server&apos;s.</numerusform>
            <numerusform>This computer&apos;s clock is %n minutes ahead of the server&apos;s.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server&apos;s clock differs from this computer&apos;s by %n second(s)</source>
        <translation>
            <numerusform>The server&apos;s clock differs from this computer&apos;s by %n second</numerusform>
            <numerusform>The server&apos;s clock differs from this computer&apos;s by %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You may list and watch all %n kind(s).</source>
        <translation>
            <numerusform>You may list and watch the %n kind.</numerusform>
            <numerusform>You may list and watch all %n kinds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You may not list and watch %1 of %n kind(s).</source>
        <translation>
            <numerusform>You may not list and watch %1 of %n kind.</numerusform>
            <numerusform>You may not list and watch %1 of %n kinds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::doctor::Route</name>
    <message numerus="yes">
        <source>Valid from %1 until %2, %n day(s) left</source>
        <translation>
            <numerusform>Valid from %1 until %2, %n day left</numerusform>
            <numerusform>Valid from %1 until %2, %n days left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Valid from %1 until %2, expired %n day(s) ago</source>
        <translation>
            <numerusform>Valid from %1 until %2, expired %n day ago</numerusform>
            <numerusform>Valid from %1 until %2, expired %n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None of the %n address(es) of %1 can be reached.</source>
        <translation>
            <numerusform>The %n address of %1 cannot be reached.</numerusform>
            <numerusform>None of the %n addresses of %1 can be reached.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n address(es) of %1 cannot be reached, which delays every connection.</source>
        <translation>
            <numerusform>%n address of %1 cannot be reached, which delays every connection.</numerusform>
            <numerusform>%n addresses of %1 cannot be reached, which delays every connection.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server&apos;s certificate expires in %n day(s).</source>
        <translation>
            <numerusform>The server&apos;s certificate expires in %n day.</numerusform>
            <numerusform>The server&apos;s certificate expires in %n days.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::doctor::Watching</name>
    <message numerus="yes">
        <source>%n object(s) of kind %1 came in the initial list</source>
        <translation>
            <numerusform>%n object of kind %1 came in the initial list</numerusform>
            <numerusform>%n objects of kind %1 came in the initial list</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::environments::Change</name>
    <message numerus="yes">
        <source>%n objects were applied; it can be resumed.</source>
        <translation>
            <numerusform>%n object was applied; it can be resumed.</numerusform>
            <numerusform>%n objects were applied; it can be resumed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::environments::Creation</name>
    <message numerus="yes">
        <source>%n objects were applied.</source>
        <translation>
            <numerusform>%n object was applied.</numerusform>
            <numerusform>%n objects were applied.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::environments::Deleting</name>
    <message numerus="yes">
        <source>Deletes %1 in %n s. Cancel to keep it.</source>
        <translation>
            <numerusform>Deletes %1 in %n s. Cancel to keep it.</numerusform>
            <numerusform>Deletes %1 in %n s. Cancel to keep it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::environments::Environment</name>
    <message numerus="yes">
        <source>%1 of %n workloads are ready.</source>
        <translation>
            <numerusform>%1 of %n workload is ready.</numerusform>
            <numerusform>%1 of %n workloads are ready.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::environments::ExternalProgram</name>
    <message numerus="yes">
        <source>%1 did not finish within %n seconds.</source>
        <translation>
            <numerusform>%1 did not finish within %n second.</numerusform>
            <numerusform>%1 did not finish within %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::environments::Parameter</name>
    <message numerus="yes">
        <source>It has more than %n elements.</source>
        <translation>
            <numerusform>It has more than %n element.</numerusform>
            <numerusform>It has more than %n elements.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::environments::Pausing</name>
    <message numerus="yes">
        <source>%n of its workloads were changed.</source>
        <translation>
            <numerusform>%n of its workloads was changed.</numerusform>
            <numerusform>%n of its workloads were changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::environments::Planner</name>
    <message numerus="yes">
        <source>%1 has been silent for %n second(s).</source>
        <translation>
            <numerusform>%1 has been silent for %n second.</numerusform>
            <numerusform>%1 has been silent for %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tight: %1 cores, %2 and room for %n pod(s) would be left.</source>
        <translation>
            <numerusform>Tight: %1 cores, %2 and room for %n pod would be left.</numerusform>
            <numerusform>Tight: %1 cores, %2 and room for %n pods would be left.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n do(es) not answer</source>
        <translation>
            <numerusform>%n does not answer</numerusform>
            <numerusform>%n do not answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n is/are not ready</source>
        <translation>
            <numerusform>%n is not ready</numerusform>
            <numerusform>%n are not ready</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n has/have another architecture</source>
        <translation>
            <numerusform>%n has another architecture</numerusform>
            <numerusform>%n have another architecture</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n is/are cordoned</source>
        <translation>
            <numerusform>%n is cordoned</numerusform>
            <numerusform>%n are cordoned</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n is/are short of memory, disk or processes</source>
        <translation>
            <numerusform>%n is short of memory, disk or processes</numerusform>
            <numerusform>%n are short of memory, disk or processes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n keep(s) off pods that do not tolerate its taints</source>
        <translation>
            <numerusform>%n keeps off pods that do not tolerate its taints</numerusform>
            <numerusform>%n keep off pods that do not tolerate their taints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lack(s) a label that the pods ask for</source>
        <translation>
            <numerusform>%n lacks a label that the pods ask for</numerusform>
            <numerusform>%n lack a label that the pods ask for</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None of the %n node(s) takes %1: %2.</source>
        <translation>
            <numerusform>The %n node does not take %1: %2.</numerusform>
            <numerusform>None of the %n nodes takes %1: %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None of the %n node(s) of %1 takes %2: %3.</source>
        <translation>
            <numerusform>The %n node of %1 does not take %2: %3.</numerusform>
            <numerusform>None of the %n nodes of %1 takes %2: %3.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n node(s) would take them: %2.</source>
        <translation>
            <numerusform>%1 of %n node would take them: %2.</numerusform>
            <numerusform>%1 of %n nodes would take them: %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) have no room for the DaemonSet&apos;s pod.</source>
        <translation>
            <numerusform>%n node has no room for the DaemonSet&apos;s pod.</numerusform>
            <numerusform>%n nodes have no room for the DaemonSet&apos;s pod.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>As of %n second(s) ago: the connection is being repaired.</source>
        <translation>
            <numerusform>As of %n second ago: the connection is being repaired.</numerusform>
            <numerusform>As of %n seconds ago: the connection is being repaired.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::environments::Removal</name>
    <message numerus="yes">
        <source>Not gone yet: %1, and %n more.</source>
        <translation>
            <numerusform>Not gone yet: %1, and %n more.</numerusform>
            <numerusform>Not gone yet: %1, and %n more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::environments::SaveAs</name>
    <message numerus="yes">
        <source>%n objects are left out: their controllers make them.</source>
        <comment>such as pods of a Deployment</comment>
        <translation>
            <numerusform>%n object is left out: its controller makes it.</numerusform>
            <numerusform>%n objects are left out: their controllers make them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 stands for %n selected objects that it makes.</source>
        <translation>
            <numerusform>%1 stands for the selected object that it makes.</numerusform>
            <numerusform>%1 stands for %n selected objects that it makes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::environments::Spec</name>
    <message numerus="yes">
        <source>At most %n characters: the names of pods are made from it.</source>
        <translation>
            <numerusform>At most %n character: the names of pods are made from it.</numerusform>
            <numerusform>At most %n characters: the names of pods are made from it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::environments::Template</name>
    <message numerus="yes">
        <source>The template has more than %n objects.</source>
        <translation>
            <numerusform>The template has more than %n object.</numerusform>
            <numerusform>The template has more than %n objects.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The template has more than %n files.</source>
        <translation>
            <numerusform>The template has more than %n file.</numerusform>
            <numerusform>The template has more than %n files.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The parameters have to be a list of at most %n.</source>
        <translation>
            <numerusform>The parameters have to be a list of at most %n.</numerusform>
            <numerusform>The parameters have to be a list of at most %n.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>this is longer than %n characters.</source>
        <translation>
            <numerusform>this is longer than %n character.</numerusform>
            <numerusform>this is longer than %n characters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>this has to be a list of at most %n texts.</source>
        <translation>
            <numerusform>this has to be a list of at most %n text.</numerusform>
            <numerusform>this has to be a list of at most %n texts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The YAML is nested more than %n levels deep.</source>
        <translation>
            <numerusform>The YAML is nested more than %n level deep.</numerusform>
            <numerusform>The YAML is nested more than %n levels deep.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::environments::TemplateLibrary</name>
    <message numerus="yes">
        <source>There are more than %n templates; the others are left out.</source>
        <translation>
            <numerusform>There is more than %n template; the others are left out.</numerusform>
            <numerusform>There are more than %n templates; the others are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::kube::ApiClient</name>
    <message numerus="yes">
        <source>The server did not answer within %n second(s).</source>
        <translation>
            <numerusform>The server did not answer within %n second.</numerusform>
            <numerusform>The server did not answer within %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::kube::ExecPlugin</name>
    <message numerus="yes">
        <source>The exec plugin did not finish within %n second(s) and was stopped.</source>
        <translation>
            <numerusform>The exec plugin did not finish within %n second and was stopped.</numerusform>
            <numerusform>The exec plugin did not finish within %n seconds and was stopped.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::kube::TlsError</name>
    <message numerus="yes">
        <source>This computer&apos;s clock is %n minute(s) behind the server&apos;s: set it right.</source>
        <translation>
            <numerusform>This computer&apos;s clock is %n minute behind the server&apos;s: set it right.</numerusform>
            <numerusform>This computer&apos;s clock is %n minutes behind the server&apos;s: set it right.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This computer&apos;s clock is %n minute(s) ahead of the server&apos;s: set it right.</source>
        <translation>
            <numerusform>This computer&apos;s clock is %n minute ahead of the server&apos;s: set it right.</numerusform>
            <numerusform>This computer&apos;s clock is %n minutes ahead of the server&apos;s: set it right.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::metrics::AlertNotices</name>
    <message numerus="yes">
        <source>%n alert(s) began to fire in %1</source>
        <translation>
            <numerusform>%n alert began to fire in %1</numerusform>
            <numerusform>%n alerts began to fire in %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s) that began in the quiet hours still fire in %1</source>
        <translation>
            <numerusform>%n alert that began in the quiet hours still fires in %1</numerusform>
            <numerusform>%n alerts that began in the quiet hours still fire in %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::metrics::Connection</name>
    <message numerus="yes">
        <source>The metrics server did not answer within %n second(s).</source>
        <translation>
            <numerusform>The metrics server did not answer within a second.</numerusform>
            <numerusform>The metrics server did not answer within %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::metrics::DashboardFile</name>
    <message numerus="yes">
        <source>A dashboard has at most %n panels.</source>
        <translation>
            <numerusform>A dashboard has at most %n panel.</numerusform>
            <numerusform>A dashboard has at most %n panels.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This text is longer than %n characters.</source>
        <translation>
            <numerusform>This text is longer than %n character.</numerusform>
            <numerusform>This text is longer than %n characters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There are more than %n entries here.</source>
        <translation>
            <numerusform>There is more than %n entry here.</numerusform>
            <numerusform>There are more than %n entries here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::metrics::DashboardLibrary</name>
    <message numerus="yes">
        <source>There are more than %n dashboards; the others are left out.</source>
        <translation>
            <numerusform>There is more than %n dashboard; the others are left out.</numerusform>
            <numerusform>There are more than %n dashboards; the others are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::metrics::Discovery</name>
    <message numerus="yes">
        <source>%1, %n target(s).</source>
        <translation>
            <numerusform>%1, %n target.</numerusform>
            <numerusform>%1, %n targets.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::metrics::GrafanaImport</name>
    <message numerus="yes">
        <source>There are more than %n panels; the others are left out.</source>
        <translation>
            <numerusform>There is more than %n panel; the others are left out.</numerusform>
            <numerusform>There are more than %n panels; the others are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::metrics::PromClient</name>
    <message numerus="yes">
        <source>The metrics server&apos;s clock is %n second(s) ahead of this computer&apos;s; times are the server&apos;s.</source>
        <translation>
            <numerusform>The metrics server&apos;s clock is %n second ahead of this computer&apos;s; times are the server&apos;s.</numerusform>
            <numerusform>The metrics server&apos;s clock is %n seconds ahead of this computer&apos;s; times are the server&apos;s.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The metrics server&apos;s clock is %n second(s) behind this computer&apos;s; times are the server&apos;s.</source>
        <translation>
            <numerusform>The metrics server&apos;s clock is %n second behind this computer&apos;s; times are the server&apos;s.</numerusform>
            <numerusform>The metrics server&apos;s clock is %n seconds behind this computer&apos;s; times are the server&apos;s.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::metrics::Table</name>
    <message numerus="yes">
        <source>The table has more than %n columns; the others are left out.</source>
        <translation>
            <numerusform>The table has more than %n column; the others are left out.</numerusform>
            <numerusform>The table has more than %n columns; the others are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::metrics::TimeRange</name>
    <message numerus="yes">
        <source>Last %n seconds</source>
        <translation>
            <numerusform>Last second</numerusform>
            <numerusform>Last %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n minutes</source>
        <translation>
            <numerusform>Last minute</numerusform>
            <numerusform>Last %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n hours</source>
        <translation>
            <numerusform>Last hour</numerusform>
            <numerusform>Last %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n days</source>
        <translation>
            <numerusform>Last day</numerusform>
            <numerusform>Last %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n weeks</source>
        <translation>
            <numerusform>Last week</numerusform>
            <numerusform>Last %n weeks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n months</source>
        <translation>
            <numerusform>Last month</numerusform>
            <numerusform>Last %n months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n years</source>
        <translation>
            <numerusform>Last year</numerusform>
            <numerusform>Last %n years</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::models::FleetTreeModel</name>
    <message numerus="yes">
        <source>%n nodes</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::relations::Node</name>
    <message numerus="yes">
        <source>Node %1 has been silent for %n second(s).</source>
        <translation>
            <numerusform>Node %1 has been silent for %n second.</numerusform>
            <numerusform>Node %1 has been silent for %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Node %1 has been silent for %n minute(s).</source>
        <translation>
            <numerusform>Node %1 has been silent for %n minute.</numerusform>
            <numerusform>Node %1 has been silent for %n minutes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::relations::Pod</name>
    <message numerus="yes">
        <source>A container stops soon after it starts (%n restart(s)).</source>
        <translation>
            <numerusform>A container stops soon after it starts (%n restart).</numerusform>
            <numerusform>A container stops soon after it starts (%n restarts).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A container stops soon after it starts (%n restart(s)): %1.</source>
        <translation>
            <numerusform>A container stops soon after it starts (%n restart): %1.</numerusform>
            <numerusform>A container stops soon after it starts (%n restarts): %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::AlertDesk</name>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n alert</numerusform>
            <numerusform>%n alerts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::AlertDetails</name>
    <message numerus="yes">
        <source>Expire %n silence(s)</source>
        <translation>
            <numerusform>Expire %n silence</numerusform>
            <numerusform>Expire %n silences</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::AlertLine</name>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n alert</numerusform>
            <numerusform>%n alerts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::AlertModel</name>
    <message numerus="yes">
        <source>%1, %n alert(s)</source>
        <translation>
            <numerusform>%1, %n alert</numerusform>
            <numerusform>%1, %n alerts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::AlertsPage</name>
    <message numerus="yes">
        <source>%n alert(s) are hidden by the filter or by their state.</source>
        <translation>
            <numerusform>%n alert is hidden by the filter or by its state.</numerusform>
            <numerusform>%n alerts are hidden by the filter or by their state.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::Canvas</name>
    <message numerus="yes">
        <source>%n more relations are not drawn.</source>
        <translation>
            <numerusform>%n more relation is not drawn.</numerusform>
            <numerusform>%n more relations are not drawn.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::ClusterHeader</name>
    <message numerus="yes">
        <source>%Ln node(s)</source>
        <translation>
            <numerusform>%Ln node</numerusform>
            <numerusform>%Ln nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pod(s)</source>
        <translation>
            <numerusform>%Ln pod</numerusform>
            <numerusform>%Ln pods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failing</source>
        <comment>pods</comment>
        <translation>
            <numerusform>%Ln failing</numerusform>
            <numerusform>%Ln failing</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::DeleteDialog</name>
    <message numerus="yes">
        <source>Its namespace %1 goes with everything in it: %n object(s) of the environment.</source>
        <translation>
            <numerusform>Its namespace %1 goes with everything in it: %n object of the environment.</numerusform>
            <numerusform>Its namespace %1 goes with everything in it: %n objects of the environment.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) of the environment go; the namespace %1 stays.</source>
        <translation>
            <numerusform>%n object of the environment goes; the namespace %1 stays.</numerusform>
            <numerusform>%n objects of the environment go; the namespace %1 stays.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::Describe</name>
    <message numerus="yes">
        <source>%n failing</source>
        <translation>
            <numerusform>%n failing</numerusform>
            <numerusform>%n failing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with a warning</source>
        <translation>
            <numerusform>%n with a warning</numerusform>
            <numerusform>%n with warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n progressing</source>
        <translation>
            <numerusform>%n progressing</numerusform>
            <numerusform>%n progressing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unknown</source>
        <translation>
            <numerusform>%n unknown</numerusform>
            <numerusform>%n unknown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pods</source>
        <translation>
            <numerusform>%n pod</numerusform>
            <numerusform>%n pods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n workloads</source>
        <translation>
            <numerusform>%n workload</numerusform>
            <numerusform>%n workloads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n nodes</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n silent</source>
        <translation>
            <numerusform>%n silent</numerusform>
            <numerusform>%n silent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not ready</source>
        <translation>
            <numerusform>%n not ready</numerusform>
            <numerusform>%n not ready</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n restarts</source>
        <translation>
            <numerusform>%n restart</numerusform>
            <numerusform>%n restarts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n alert</numerusform>
            <numerusform>%n alerts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::DifferenceDialog</name>
    <message numerus="yes">
        <source>%n refused</source>
        <comment>objects</comment>
        <translation>
            <numerusform>%n refused</numerusform>
            <numerusform>%n refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n made anew</source>
        <comment>objects</comment>
        <translation>
            <numerusform>%n made anew</numerusform>
            <numerusform>%n made anew</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <comment>objects</comment>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deleted</source>
        <comment>objects</comment>
        <translation>
            <numerusform>%n deleted</numerusform>
            <numerusform>%n deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n as before</source>
        <comment>objects</comment>
        <translation>
            <numerusform>%n as before</numerusform>
            <numerusform>%n as before</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::DoctorPage</name>
    <message numerus="yes">
        <source>%n step(s) failed.</source>
        <translation>
            <numerusform>%n step failed.</numerusform>
            <numerusform>%n steps failed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The cluster can be reached; %n thing(s) need attention.</source>
        <translation>
            <numerusform>The cluster can be reached; %n thing needs attention.</numerusform>
            <numerusform>The cluster can be reached; %n things need attention.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::DropBubble</name>
    <message numerus="yes">
        <source>And %Ln more reasons.</source>
        <translation>
            <numerusform>And %Ln more reason.</numerusform>
            <numerusform>And %Ln more reasons.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::EnvironmentDetails</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n claim(s), %1</source>
        <translation>
            <numerusform>%n claim, %1</numerusform>
            <numerusform>%n claims, %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::GrafanaDialog</name>
    <message numerus="yes">
        <source>The server has %n dashboards.</source>
        <translation>
            <numerusform>The server has %n dashboard.</numerusform>
            <numerusform>The server has %n dashboards.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to go…</source>
        <comment>dashboards that are being imported</comment>
        <translation>
            <numerusform>%n to go…</numerusform>
            <numerusform>%n to go…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Import %n</source>
        <comment>dashboards</comment>
        <translation>
            <numerusform>&amp;Import %n</numerusform>
            <numerusform>&amp;Import %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::LegendChip</name>
    <message numerus="yes">
        <source>%1: %n pods</source>
        <translation>
            <numerusform>%1: %n pod</numerusform>
            <numerusform>%1: %n pods</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::MetricsPage</name>
    <message numerus="yes">
        <source>No new numbers for %n seconds: %1</source>
        <translation>
            <numerusform>No new numbers for a second: %1</numerusform>
            <numerusform>No new numbers for %n seconds: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cannot be read…</source>
        <comment>dashboards</comment>
        <translation>
            <numerusform>%n cannot be read…</numerusform>
            <numerusform>%n cannot be read…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::PlanView</name>
    <message numerus="yes">
        <source>%n pod(s)</source>
        <translation>
            <numerusform>%n pod</numerusform>
            <numerusform>%n pods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What will be made: %n object(s)</source>
        <translation>
            <numerusform>What will be made: %n object</numerusform>
            <numerusform>What will be made: %n objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What will be added: %n object(s)</source>
        <translation>
            <numerusform>What will be added: %n object</numerusform>
            <numerusform>What will be added: %n objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What it will consist of: %n object(s)</source>
        <translation>
            <numerusform>What it will consist of: %n object</numerusform>
            <numerusform>What it will consist of: %n objects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::PlotTip</name>
    <message numerus="yes">
        <source>%n more</source>
        <comment>series that are not listed</comment>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n earlier</source>
        <comment>events that are not listed</comment>
        <translation>
            <numerusform>%n earlier</numerusform>
            <numerusform>%n earlier</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::ReaperNotice</name>
    <message numerus="yes">
        <source>%n environment(s) have expired, and nothing in the cluster deletes them.</source>
        <translation>
            <numerusform>%n environment has expired, and nothing in the cluster deletes it.</numerusform>
            <numerusform>%n environments have expired, and nothing in the cluster deletes them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::RelationMap</name>
    <message numerus="yes">
        <source>%n more related objects</source>
        <translation>
            <numerusform>%n more related object</numerusform>
            <numerusform>%n more related objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 %n objects</source>
        <comment>a relation: selects 3 objects</comment>
        <translation>
            <numerusform>%1 %n object</numerusform>
            <numerusform>%1 %n objects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::ScenePainter</name>
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
            <numerusform>%Ln node</numerusform>
            <numerusform>%Ln nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n silent</source>
        <translation>
            <numerusform>%n silent</numerusform>
            <numerusform>%n silent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not ready</source>
        <translation>
            <numerusform>%n not ready</numerusform>
            <numerusform>%n not ready</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln workloads</source>
        <translation>
            <numerusform>%Ln workload</numerusform>
            <numerusform>%Ln workloads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::SilenceDialog</name>
    <message numerus="yes">
        <source>%n alert(s) that are there now match.</source>
        <translation>
            <numerusform>%n alert that is there now matches.</numerusform>
            <numerusform>%n alerts that are there now match.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::SummaryView</name>
    <message numerus="yes">
        <source>+%n more</source>
        <translation>
            <numerusform>+%n more</numerusform>
            <numerusform>+%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::TilePainter</name>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n alert</numerusform>
            <numerusform>%n alerts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::TopBar</name>
    <message numerus="yes">
        <source>%n node(s) need attention</source>
        <translation>
            <numerusform>%n node needs attention</numerusform>
            <numerusform>%n nodes need attention</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n alert</numerusform>
            <numerusform>%n alerts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kdra::ui::VariableBar</name>
    <message numerus="yes">
        <source>%n chosen</source>
        <comment>values of a variable</comment>
        <translation>
            <numerusform>%n chosen</numerusform>
            <numerusform>%n chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <comment>values of a variable</comment>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
</TS>
