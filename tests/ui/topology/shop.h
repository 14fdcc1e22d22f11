// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/rowkey.h"
#include "tests/ui/topology/fleet.h"

namespace kdra::tests {

// A fleet with a shop in it: Ingress shop -> Service web -> pods <- ReplicaSet web-1 <- Deployment web; and a
// Deployment that has nothing to do with it.
class Shop : public Fleet {
public:
    store::TableWriter<store::WorkloadRecord> deployments;
    store::TableWriter<store::WorkloadRecord> replicaSets;
    store::TableWriter<store::ServiceRecord> services;
    store::TableWriter<store::IngressRecord> ingresses;
    struct {
        std::string ingress = "shop";
        std::string service = "web";
        std::string deployment = "web";
        std::string replicaSet = "web-1";
    } names;
    store::Item ingress, service, deployment, replicaSet, stranger;
    QList<store::Item> members;

    // Every `step`th of the pods there are belongs to the shop.
    void open(int count, int step = 3)
    {
        deployment = {store::Kind::Deployment, addWorkload(deployments, names.deployment, {})};
        stranger = {store::Kind::Deployment, addWorkload(deployments, "stranger", {})};
        replicaSet = {store::Kind::ReplicaSet, addWorkload(replicaSets, names.replicaSet, deployment)};
        for (int i = 0; i < count; ++i) {
            store::PodRecord pod = *pods.table().at(static_cast<store::Slot>(i * step));
            pod.meta.owner = replicaSet.uid;
            pod.meta.ownerKind = strings->intern("ReplicaSet");
            pod.meta.labels = strings->intern("app=web\ntier=front\n");
            put(pod);
            members.append({store::Kind::Pod, pod.meta.uid});
        }
        store::ServiceRecord web;
        web.meta = meta(names.service);
        web.selector = strings->intern("app=web\n");
        services.put(web, names.service);
        service = {store::Kind::Service, web.meta.uid};
        store::IngressRecord front;
        front.meta = meta(names.ingress);
        front.services = {front.meta.name.size, static_cast<quint32>(names.service.size())};
        ingresses.put(front, names.ingress + names.service);
        ingress = {store::Kind::Ingress, front.meta.uid};
    }

    store::Batch publish()
    {
        store::Batch batch = Fleet::publish();
        auto next = std::make_shared<store::Snapshot>(*batch.snapshot);
        const auto put = [&]<store::Kind K>(auto &writer) {
            std::get<size_t(K)>(next->tables) = writer.publish(batch.deltas[size_t(K)]);
        };
        put.template operator()<store::Kind::Deployment>(deployments);
        put.template operator()<store::Kind::ReplicaSet>(replicaSets);
        put.template operator()<store::Kind::Service>(services);
        put.template operator()<store::Kind::Ingress>(ingresses);
        snapshot = next;
        batch.snapshot = next;
        return batch;
    }

private:
    store::Meta meta(std::string_view name)
    {
        store::Meta meta;
        meta.uid = newUid();
        meta.name = {0, static_cast<quint32>(name.size())};
        meta.ns = strings->intern("team-a");
        meta.severity = store::Severity::Healthy;
        return meta;
    }
    store::Uid addWorkload(
        store::TableWriter<store::WorkloadRecord> &table, std::string_view name, const store::Item &owner)
    {
        store::WorkloadRecord workload;
        workload.meta = meta(name);
        workload.meta.owner = owner.uid;
        workload.meta.ownerKind = strings->intern(owner.isNull() ? "" : "Deployment");
        workload.desired = workload.current = workload.ready = 6;
        workload.selector = strings->intern("app=web\n");
        table.put(workload, name);
        return workload.meta.uid;
    }
};

} // namespace kdra::tests
