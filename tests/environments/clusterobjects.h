// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace kdra::test {

// As the API server of 1.32 gives them.
inline constexpr char deployment[] =
    R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"team",
"uid":"1c0b","resourceVersion":"812","generation":3,"creationTimestamp":"2026-11-01T10:00:00Z",
"labels":{"app":"web","app.kubernetes.io/managed-by":"Helm","kdra.dev/environment":"old","applyset.kubernetes.io/part-of":"x"},
"annotations":{"deployment.kubernetes.io/revision":"2","kubectl.kubernetes.io/last-applied-configuration":"{\"secret\":1}",
"note":"costs ${price} in $"},
"managedFields":[{"manager":"kubectl"}]},
"spec":{"replicas":3,"selector":{"matchLabels":{"app":"web","helm.sh/chart":"web-1"}},"progressDeadlineSeconds":600,
"template":{"metadata":{"creationTimestamp":null,"labels":{"app":"web","helm.sh/chart":"web-1","pod-template-hash":"abc"},
"annotations":{"kubectl.kubernetes.io/restartedAt":"2026"}},
"spec":{"serviceAccountName":"default","serviceAccount":"default","nodeName":"pi-007",
"initContainers":[{"name":"wait","image":"docker.io/library/busybox:1.37","command":["sh","-c","until nc -z db.team.svc.cluster.local 5432; do echo ${WAIT:-1}; done\n"]}],
"containers":[{"name":"web","image":"ghcr.io/example/web:2.1","env":[{"name":"ON","value":"on"},{"name":"PORT","value":"8080"}],
"ports":[{"containerPort":8080}]},{"name":"sidecar","image":"docker.io/library/nginx:1.29"}]}}},
"status":{"replicas":3}})";
inline constexpr char replicaSet[] =
    R"({"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"web-abc","namespace":"team",
"ownerReferences":[{"kind":"Deployment","name":"web","controller":true}]},"spec":{}})";
inline constexpr char service[] =
    R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"web","namespace":"team","uid":"2"},
"spec":{"clusterIP":"10.0.0.7","clusterIPs":["10.0.0.7"],"ipFamilies":["IPv4"],"ipFamilyPolicy":"SingleStack","type":"NodePort",
"selector":{"app":"web"},"ports":[{"port":80,"targetPort":8080,"nodePort":30080,"protocol":"TCP"}]},"status":{"loadBalancer":{}}})";
inline constexpr char headless[] = R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"db","namespace":"team"},
"spec":{"clusterIP":"None","clusterIPs":["None"],"ports":[{"port":5432}]}})";
inline constexpr char statefulSet[] =
    R"({"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"db","namespace":"team"},
"spec":{"replicas":1,"serviceName":"db","selector":{"matchLabels":{"app":"db"}},"template":{"metadata":{"labels":{"app":"db"}},
"spec":{"containers":[{"name":"postgres","image":"docker.io/library/postgres:18"}]}},
"volumeClaimTemplates":[{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","creationTimestamp":null},
"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"2Gi"}},"volumeName":"pv-1"},"status":{"phase":"Pending"}}]}})";
inline constexpr char secret[] =
    R"({"apiVersion":"v1","kind":"Secret","type":"Opaque","metadata":{"name":"db-auth","namespace":"team",
"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"data\":{\"password\":\"aHVudGVyMg==\"}}"}},
"data":{"password":"aHVudGVyMg==","url":"cG9zdGdyZXM6Ly9hcHA6aHVudGVyMkBkYg==","ca.crt":"LS0tLS1CRUdJTi0tLS0tCmh1bnRlcjIK"}})";
inline constexpr char claim[] =
    R"({"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"uploads","namespace":"team",
"annotations":{"pv.kubernetes.io/bind-completed":"yes","volume.kubernetes.io/selected-node":"pi-007"},"finalizers":["kubernetes.io/pvc-protection"]},
"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"5Gi"}},"volumeName":"pvc-9"},"status":{"phase":"Bound"}})";
inline constexpr char ingress[] =
    R"({"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"web","namespace":"team"},
"spec":{"rules":[{"host":"shop.example.com","http":{"paths":[]}},{"host":"admin.example.com"},{"host":"shop.example.com"}],
"tls":[{"hosts":["shop.example.com"],"secretName":"tls"}]}})";
inline constexpr char binding[] =
    R"({"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"web","namespace":"team"},
"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"web"},
"subjects":[{"kind":"ServiceAccount","name":"web","namespace":"team"},{"kind":"ServiceAccount","name":"x","namespace":"other"}]})";
inline constexpr char job[] =
    R"({"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"migrate","namespace":"team","labels":{"batch.kubernetes.io/job-name":"migrate"}},
"spec":{"selector":{"matchLabels":{"batch.kubernetes.io/controller-uid":"7"}},"template":{"metadata":{"labels":{"app":"migrate",
"batch.kubernetes.io/controller-uid":"7","controller-uid":"7","job-name":"migrate"}},"spec":{"containers":[{"name":"m","image":"docker.io/library/busybox"}]}}}})";

} // namespace kdra::test
