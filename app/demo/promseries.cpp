// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/promseries.h"

#include "demo/objects/json.h"
#include "demo/objects/random.h"

#include "base/quantity.h"

#include <cmath>
#include <limits>
#include <numbers>

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

constexpr double RoundSeconds = 300;
constexpr double NoSample = std::numeric_limits<double>::quiet_NaN();

constexpr PromMetric Metrics[] = {
    {"ALERTS", "gauge", "Pending and firing alerts."},
    {"up", "gauge", "Whether the target could be scraped."},
    {"node_uname_info", "gauge", "Labeled system information as provided by the uname system call."},
    {"node_cpu_seconds_total", "counter", "Seconds the CPUs spent in each mode."},
    {"node_load1", "gauge", "1m load average."},
    {"node_memory_MemTotal_bytes", "gauge", "Memory information field MemTotal_bytes."},
    {"node_memory_MemAvailable_bytes", "gauge", "Memory information field MemAvailable_bytes."},
    {"node_filesystem_size_bytes", "gauge", "Filesystem size in bytes."},
    {"node_filesystem_avail_bytes", "gauge", "Filesystem space available to non-root users in bytes."},
    {"node_network_receive_bytes_total", "counter", "Network device statistic receive_bytes."},
    {"node_network_transmit_bytes_total", "counter", "Network device statistic transmit_bytes."},
    {"node_disk_read_bytes_total", "counter", "The total number of bytes read successfully."},
    {"node_disk_written_bytes_total", "counter", "The total number of bytes written successfully."},
    {"node_disk_io_time_seconds_total", "counter", "Total seconds spent doing I/Os."},
    {"node_boot_time_seconds", "gauge", "Node boot time, in unixtime."},
    {"node_thermal_zone_temp", "gauge", "Zone temperature in Celsius"},
    {"node_hwmon_temp_celsius", "gauge", "Hardware monitor for temperature (input)"},
    {"node_hwmon_in_lcrit_alarm_volts", "gauge", "Hardware monitor for voltage (lcrit_alarm)"},
    {"node_cpu_scaling_frequency_hertz", "gauge", "Current scaled CPU thread frequency in hertz."},
    {"rpi_throttled", "gauge", "Firmware throttling flags, one series a flag."},
    {"rpi_throttled_since_start", "gauge", "Firmware throttling flags that have been set since the start."},
    {"container_cpu_usage_seconds_total", "counter", "Cumulative cpu time consumed"},
    {"container_cpu_cfs_periods_total", "counter", "Number of elapsed enforcement period intervals."},
    {"container_cpu_cfs_throttled_periods_total", "counter", "Number of throttled period intervals."},
    {"container_memory_working_set_bytes", "gauge", "Current working set in bytes."},
    {"container_network_receive_bytes_total", "counter", "Cumulative count of bytes received"},
    {"container_network_transmit_bytes_total", "counter", "Cumulative count of bytes transmitted"},
    {"kube_node_info", "gauge", "Information about a cluster node."},
    {"kube_node_status_condition", "gauge", "The condition of a cluster node."},
    {"kube_node_status_allocatable", "gauge", "The allocatable for different resources of a node."},
    {"kube_pod_info", "gauge", "Information about pod."},
    {"kube_pod_status_phase", "gauge", "The pods current phase."},
    {"kube_pod_container_status_restarts_total", "counter", "The number of container restarts per container."},
    {"kube_pod_container_status_waiting_reason", "gauge", "Describes the reason the container is waiting."},
    {"kube_pod_container_resource_requests", "gauge", "The number of requested request resource by a container."},
    {"kube_pod_container_resource_limits", "gauge", "The number of requested limit resource by a container."},
    {"kube_deployment_status_replicas_available", "gauge", "The number of available replicas per deployment."},
    {"kube_deployment_spec_replicas", "gauge", "Number of desired pods for a deployment."},
    {"kube_statefulset_replicas", "gauge", "Number of desired pods for a StatefulSet."},
    {"kube_statefulset_status_replicas_ready", "gauge", "The number of ready replicas per StatefulSet."},
    {"kube_daemonset_status_desired_number_scheduled", "gauge",
        "The number of nodes that should be running the daemon pod."},
    {"kube_daemonset_status_number_ready", "gauge",
        "The number of nodes that should be running the daemon pod and have one running and ready."},
    {"apiserver_request_total", "counter",
        "Counter of apiserver requests broken out for each verb, resource and code."},
    {"apiserver_request_duration_seconds_bucket", "counter", "Response latency distribution in seconds."},
    {"apiserver_current_inflight_requests", "gauge",
        "Maximal number of currently used inflight request limit of this apiserver."},
    {"apiserver_longrunning_requests", "gauge", "Gauge of all active long-running apiserver requests."},
    {"apiserver_storage_size_bytes", "gauge", "Size of the storage database file physically allocated in bytes."},
    {"etcd_request_duration_seconds_bucket", "counter",
        "Etcd request latency in seconds for each operation and object type."},
    {"workqueue_depth", "gauge", "Current depth of workqueue."},
    {"scheduler_pending_pods", "gauge", "Number of pending pods, by the queue type."},
    {"process_cpu_seconds_total", "counter", "Total user and system CPU time spent in seconds."},
    {"process_resident_memory_bytes", "gauge", "Resident memory size in bytes."},
};

// Midnight (UTC) thirty days ago.
double historyStart()
{
    const qint64 day = QDateTime::currentSecsSinceEpoch() / 86400;
    return static_cast<double>((day - 30) * 86400);
}

} // namespace

struct PromModel::Host {
    QString name, ip, arch, kernel, os, board;
    int cores = 4;
    double memory = 0;
    double disk = 0;
    bool ready = true;
    bool pi() const { return !board.isEmpty(); }
};

double PromSeries::at(double time, double origin, double storyOrigin) const
{
    if (time < since)
        return NoSample;
    if (from >= 0 && storyOrigin > 0 && time >= storyOrigin) {
        const double minute = std::fmod(time - storyOrigin, RoundSeconds);
        if (minute >= from && minute < until)
            return within;
    }
    constexpr double Turn = 2 * std::numbers::pi;
    const auto wave = [&](double period) { return std::sin(Turn * (time / period + phase)); };
    if (!counter) {
        const double value = base + swing * (0.6 * wave(3600 * 5) + 0.3 * wave(760) + 0.1 * wave(97));
        return std::max(value, floor);
    }
    // The integral of a rate that waves between base - swing and base + swing, so that it never falls.
    const double age = time - origin;
    if (age < 0)
        return NoSample;
    const double amplitude = std::min(swing, base);
    const auto integral = [&](double period, double share) {
        return share * amplitude * period / Turn
            * (std::cos(Turn * (origin / period + phase)) - std::cos(Turn * (time / period + phase)));
    };
    return base * age + integral(3600 * 5, 0.6) + integral(760, 0.3) + integral(97, 0.1);
}

PromModel::PromModel(const ObjectStore &store, quint32 seed, double storyOrigin)
    : m_store(store)
    , m_seed(seed)
    , m_origin(historyStart())
    , m_storyOrigin(storyOrigin)
{
}

std::span<const PromMetric> PromModel::metrics() const
{
    return Metrics;
}

PromSeries PromModel::make(const QString &metric, PromLabels labels, double base, double swing, bool counter) const
{
    PromSeries out;
    labels.insert(u"__name__"_s, metric);
    QString identity;
    for (auto it = labels.cbegin(); it != labels.cend(); ++it)
        identity += it.key() + u'=' + it.value() + u';';
    out.phase = static_cast<double>(hashOf(identity, m_seed) >> 11) * 0x1.0p-53;
    out.labels = std::move(labels);
    out.base = base;
    out.swing = swing;
    out.counter = counter;
    return out;
}

std::vector<PromModel::Host> PromModel::hosts() const
{
    std::vector<Host> out;
    for (const ObjectPtr &stored : m_store.list(kind::Node)) {
        const QJsonObject node = stored->object();
        const auto number = [&](QStringView path) {
            return static_cast<double>(parseQuantity(textAt(node, path).toStdString()).value_or(0));
        };
        Host host;
        host.name = nameOf(node);
        host.arch = textAt(node, u"status.nodeInfo.architecture");
        host.kernel = textAt(node, u"status.nodeInfo.kernelVersion");
        host.os = textAt(node, u"status.nodeInfo.osImage");
        host.board = QString::fromUtf8(stored->label("kdra.dev/board"));
        host.cores = std::max(1, static_cast<int>(number(u"status.capacity.cpu")));
        host.memory = number(u"status.capacity.memory");
        host.disk = number(u"status.capacity.ephemeral-storage");
        host.ready = stored->json.contains(R"("status":"True","type":"Ready"})");
        const QJsonArray addresses = demo::at(node, u"status.addresses").toArray();
        host.ip = textAt(addresses.first().toObject(), u"address");
        out.push_back(std::move(host));
    }
    return out;
}

std::vector<PromSeries> PromModel::series(const QString &metric) const
{
    std::vector<PromSeries> out;
    if (metric.isEmpty()) {
        for (const PromMetric &each : Metrics) {
            for (PromSeries &one : series(QString::fromLatin1(each.name)))
                out.push_back(std::move(one));
        }
        return out;
    }
    if (metric == "ALERTS"_L1)
        return m_alerts ? m_alerts() : out;
    const bool perNode = metric == "up"_L1 || metric.startsWith("node_"_L1) || metric.startsWith("rpi_"_L1)
        || metric.startsWith("kube_node_"_L1);
    if (perNode) {
        for (const Host &host : hosts())
            addNode(host, metric, out);
    } else if (metric.startsWith("container_"_L1) || metric.startsWith("kube_"_L1)) {
        addPods(metric, out);
    } else {
        addControlPlane(metric, out);
    }
    return out;
}

void PromModel::addNode(const Host &host, const QString &metric, std::vector<PromSeries> &out) const
{
    const double luck = static_cast<double>(hashOf(host.name, m_seed) % 1000) / 1000;
    const double busy = (host.pi() ? 0.18 : 0.1) + 0.35 * luck; // of all cores
    PromLabels labels{{u"instance"_s, host.ip + u":9100"_s}, {u"job"_s, u"node-exporter"_s}, {u"node"_s, host.name}};
    const auto with = [&labels](std::initializer_list<std::pair<QString, QString>> more) {
        PromLabels all = labels;
        for (const auto &[key, value] : more)
            all.insert(key, value);
        return all;
    };
    const auto add = [&](const PromLabels &all, double base, double swing, bool counter = false) {
        PromSeries one = make(metric, all, base, swing, counter);
        if (host.name == "pi-012"_L1 && !metric.startsWith("kube_"_L1)) { // the silent one
            one.from = 75;
            one.until = 145;
            one.within = metric == "up"_L1 ? 0 : NoSample;
        }
        out.push_back(std::move(one));
    };
    const auto underVoltage = [&](PromSeries &one, double value) {
        if (host.name == "pi-003"_L1) {
            one.from = 35;
            one.until = 170;
            one.within = value;
        }
    };
    if (metric == "up"_L1) {
        add(labels, 1, 0);
    } else if (metric == "node_uname_info"_L1) {
        add(with({{u"nodename"_s, host.name}, {u"machine"_s, host.arch == "arm64"_L1 ? u"aarch64"_s : u"x86_64"_s},
                {u"release"_s, host.kernel}, {u"sysname"_s, u"Linux"_s}}),
            1, 0);
    } else if (metric == "node_cpu_seconds_total"_L1) {
        struct Mode {
            const char *name;
            double share;
        };
        for (int cpu = 0; cpu < host.cores; ++cpu) {
            for (const Mode &mode :
                {Mode{"user", 0.68}, {"system", 0.24}, {"iowait", 0.05}, {"softirq", 0.03}, {"idle", 0}}) {
                const double rate = mode.share > 0 ? busy * mode.share : 1 - busy;
                add(with({{u"cpu"_s, QString::number(cpu)}, {u"mode"_s, QString::fromLatin1(mode.name)}}), rate,
                    std::min(rate, busy * std::max(mode.share, 0.1)) * 0.6, true);
            }
        }
    } else if (metric == "node_load1"_L1) {
        add(labels, busy * host.cores, busy * host.cores * 0.5);
    } else if (metric == "node_memory_MemTotal_bytes"_L1) {
        add(labels, host.memory, 0);
    } else if (metric == "node_memory_MemAvailable_bytes"_L1) {
        add(labels, host.memory * (0.35 + 0.4 * luck), host.memory * 0.08);
    } else if (metric.startsWith("node_filesystem_"_L1)) {
        const double size = metric.contains("avail"_L1) ? host.disk * (0.3 + 0.5 * luck) : host.disk;
        add(with({{u"mountpoint"_s, u"/"_s}, {u"fstype"_s, u"ext4"_s},
                {u"device"_s, host.pi() ? u"/dev/mmcblk0p2"_s : u"/dev/nvme0n1p2"_s}}),
            size, metric.contains("avail"_L1) ? host.disk * 0.01 : 0);
    } else if (metric.startsWith("node_network_"_L1)) {
        const double rate = (host.pi() ? 90e3 : 2.4e6) * (0.4 + luck);
        add(with({{u"device"_s, u"eth0"_s}}), rate, rate * 0.8, true);
    } else if (metric == "node_disk_io_time_seconds_total"_L1) {
        add(with({{u"device"_s, host.pi() ? u"mmcblk0"_s : u"nvme0n1"_s}}), 0.02 + 0.2 * luck, 0.02 + 0.1 * luck, true);
    } else if (metric.startsWith("node_disk_"_L1)) {
        const double rate = (host.pi() ? 30e3 : 900e3) * (0.4 + luck);
        add(with({{u"device"_s, host.pi() ? u"mmcblk0"_s : u"nvme0n1"_s}}), rate, rate * 0.8, true);
    } else if (metric == "node_boot_time_seconds"_L1) {
        add(labels, m_origin + luck * 86400, 0);
    } else if (metric == "node_thermal_zone_temp"_L1) {
        if (host.pi())
            add(with({{u"type"_s, u"cpu-thermal"_s}, {u"zone"_s, u"0"_s}}), 47 + 22 * luck, 6);
    } else if (metric == "node_hwmon_temp_celsius"_L1) {
        add(with({{u"chip"_s, host.pi() ? u"thermal_thermal_zone0"_s : u"platform_coretemp_0"_s},
                {u"sensor"_s, u"temp1"_s}}),
            (host.pi() ? 47 : 41) + 22 * luck, 6);
    } else if (metric == "node_hwmon_in_lcrit_alarm_volts"_L1) {
        if (host.pi()) {
            add(with({{u"chip"_s, u"soc:firmware_raspberrypi_hwmon"_s}, {u"sensor"_s, u"in0"_s}}), 0, 0);
            underVoltage(out.back(), 0.001);
        }
    } else if (metric == "node_cpu_scaling_frequency_hertz"_L1) {
        for (int cpu = 0; cpu < host.cores; ++cpu) {
            add(with({{u"cpu"_s, QString::number(cpu)}}), host.pi() ? 1.5e9 : 2.9e9, host.pi() ? 0.25e9 : 0.5e9);
            underVoltage(out.back(), 0.6e9);
        }
    } else if (metric.startsWith("rpi_throttled"_L1)) {
        if (!host.pi())
            return;
        // From node-exporter's textfile collector, as the template's script writes them.
        for (const char *flag : {"under_voltage", "frequency_capped", "throttled", "soft_temperature_limit"}) {
            const bool once = metric.endsWith("_since_start"_L1) && host.name == "pi-003"_L1;
            const bool power = QLatin1StringView(flag) != "soft_temperature_limit"_L1;
            add(with({{u"flag"_s, QString::fromLatin1(flag)}}), once && power ? 1 : 0, 0);
            if (power)
                underVoltage(out.back(), 1);
        }
    } else if (metric.startsWith("kube_node_"_L1)) {
        labels = {
            {u"instance"_s, u"kube-state-metrics:8080"_s}, {u"job"_s, u"kube-state-metrics"_s}, {u"node"_s, host.name}};
        if (metric == "kube_node_info"_L1) {
            add(with({{u"kernel_version"_s, host.kernel}, {u"os_image"_s, host.os}, {u"internal_ip"_s, host.ip},
                    {u"kubelet_version"_s, u"v1.36.2"_s}}),
                1, 0);
        } else if (metric == "kube_node_status_condition"_L1) {
            for (const char *state : {"true", "false", "unknown"}) {
                const double value = QLatin1StringView(state) == (host.ready ? "true"_L1 : "unknown"_L1) ? 1 : 0;
                add(with({{u"condition"_s, u"Ready"_s}, {u"status"_s, QString::fromLatin1(state)}}), value, 0);
            }
        } else {
            add(with({{u"resource"_s, u"cpu"_s}, {u"unit"_s, u"core"_s}}), host.cores - 0.2, 0);
            add(with({{u"resource"_s, u"memory"_s}, {u"unit"_s, u"byte"_s}}), host.memory * 0.95, 0);
            add(with({{u"resource"_s, u"pods"_s}, {u"unit"_s, u"integer"_s}}), 110, 0);
        }
    }
}

} // namespace kdra::demo
