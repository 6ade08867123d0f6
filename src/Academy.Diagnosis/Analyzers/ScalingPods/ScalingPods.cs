using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.ScalingPods;

/// <summary>HorizontalPodAutoscalers that cannot scale, in every version of their API.</summary>
internal sealed class ScalingPods : IAnalyzer
{
    public Rule Rule { get; } = new("ACD703", "Autoscaler cannot scale", Severity.Error, nameof(ScalingPods),
        [Reasons.HpaTargetNotFound, Reasons.HpaAtMaxReplicas, Reasons.MetricsApiUnavailable, Reasons.CustomMetricNotFound, Reasons.MissingResourceRequests, Reasons.HpaConflict]);

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        from hpa in cluster.All("HorizontalPodAutoscaler")
        let fact = Explain(cluster, hpa)
        where fact is not null
        select fact with { Explains = [hpa.Ref] };

    private static Fact? Explain(Cluster cluster, KubeObject hpa)
    {
        var kind = hpa.Spec.Text("scaleTargetRef", "kind") ?? "";
        var name = hpa.Spec.Text("scaleTargetRef", "name") ?? "";
        var target = new ObjectRef(kind, hpa.Namespace, name);
        var able = Condition(hpa, "AbleToScale");
        var active = Condition(hpa, "ScalingActive");
        var unknown = able.Text("status") == "False" && able.Text("reason") == "FailedGetScale" && able.Text("message")?.Contains("not found", StringComparison.OrdinalIgnoreCase) == true && !cluster.Holds(target);
        if (unknown || (kind is "Deployment" or "StatefulSet" or "ReplicaSet" && cluster.Readable(kind) && !cluster.Exists(kind, hpa.Namespace, name) && (able.Text("status") == "False" || able is null)))
        {
            var alike = Likeness.Closest(name, cluster.All(kind, hpa.Namespace).Select(item => item.Name));
            return new Fact(hpa.Ref, Reasons.HpaTargetNotFound, 0.95, $"HorizontalPodAutoscaler {hpa.Name} scales {kind} {name}, which does not exist.{(alike is null ? "" : $" There is {alike}.")}")
            {
                Evidence = [Quote.Field(hpa, "spec.scaleTargetRef", $"{kind}/{name}"), .. Quotes(hpa, "AbleToScale", able)],
                Fix = alike is null ? "Name a workload that exists." : $"Set scaleTargetRef to {alike}.",
                Patch = alike is null ? null : Patches.At(["spec", "scaleTargetRef"], new JsonObject { ["name"] = alike }),
            };
        }

        if (active.Text("reason") == "AmbiguousSelector")
        {
            return new Fact(hpa.Ref, Reasons.HpaConflict, 0.92, $"HorizontalPodAutoscaler {hpa.Name} and another one count the same pods, so neither of them scales.")
            {
                Evidence = Quotes(hpa, "ScalingActive", active),
                Fix = "Keep one autoscaler for each workload, and give workloads selectors that do not overlap.",
            };
        }

        if (active.Text("status") == "False" && active.Text("reason") != "ScalingDisabled")
        {
            return Inactive(cluster, hpa, target, active!);
        }

        return AtMaximum(hpa, target);
    }

    private static Fact? Inactive(Cluster cluster, KubeObject hpa, ObjectRef target, JsonNode active)
    {
        var said = $"{active.Text("message")} {string.Join(' ', cluster.EventsOf(hpa.Ref).Where(e => e.Warning).TakeLast(4).Select(e => e.Message))}";
        var quotes = Quotes(hpa, "ScalingActive", active);
        bool Says(string text) => said.Contains(text, StringComparison.OrdinalIgnoreCase);
        if (Says("missing request for"))
        {
            return new Fact(target, Reasons.MissingResourceRequests, 0.93, $"HorizontalPodAutoscaler {hpa.Name} counts usage in per cent of the requests, and {target.Kind} {target.Name} requests none.")
            {
                Evidence = quotes,
                Fix = $"Set resource requests on every container of {target.Name}.",
            };
        }

        var reason = active.Text("reason") ?? "";
        var custom = reason is "FailedGetPodsMetric" or "FailedGetObjectMetric" or "FailedGetExternalMetric" || Says("custom.metrics") || Says("external.metrics") || Says("external metric");
        if (custom)
        {
            return new Fact(hpa.Ref, Reasons.CustomMetricNotFound, 0.93, $"HorizontalPodAutoscaler {hpa.Name} scales on a metric that nothing provides.")
            {
                Evidence = quotes,
                DependsOn = Api(cluster, "custom.metrics.k8s.io", "external.metrics.k8s.io"),
                Fix = "Correct the metric's name, or install the adapter that provides it.",
            };
        }

        if (Says("metrics.k8s.io") || Says("resource metrics API") || Says("could not find the requested resource") || Says("unable to handle the request"))
        {
            var waiting = Says("no metrics returned") || Says("did not receive metrics");
            return new Fact(hpa.Ref, Reasons.MetricsApiUnavailable, waiting ? 0.6 : 0.94, $"HorizontalPodAutoscaler {hpa.Name} gets no metrics: the cluster does not serve the resource metrics API (no metrics-server).")
            {
                Strength = waiting ? Strength.Vague : Strength.Certain,
                Evidence = quotes,
                DependsOn = [.. Api(cluster, "metrics.k8s.io"), .. waiting ? (ObjectRef[])[target] : []],
                Fix = "Install metrics-server, or repair it.",
            };
        }

        return reason.StartsWith("FailedGet", StringComparison.Ordinal) || reason == "InvalidSelector"
            ? new Fact(hpa.Ref, Reasons.MetricsApiUnavailable, 0.55, $"HorizontalPodAutoscaler {hpa.Name} cannot compute a size: {active.Text("message")}")
            {
                Strength = Strength.Vague,
                Evidence = quotes,
                DependsOn = [target],
                Fix = "Make its metric available; its target's pods must be ready.",
            }
            : null;
    }

    private static Fact? AtMaximum(KubeObject hpa, ObjectRef target)
    {
        var limited = Condition(hpa, "ScalingLimited");
        var max = hpa.Spec.Number("maxReplicas");
        if (limited.Text("status") != "True" || limited.Text("reason") != "TooManyReplicas" || hpa.Status.Number("currentReplicas") != max || !Above(hpa))
        {
            return null;
        }

        return new Fact(hpa.Ref, Reasons.HpaAtMaxReplicas, 0.85, $"HorizontalPodAutoscaler {hpa.Name} has reached its maximum of {max} replicas, and the load on {target.Name} is still above its target.")
        {
            Evidence = [.. Quotes(hpa, "ScalingLimited", limited), Quote.Field(hpa, "spec.maxReplicas", max?.ToString(CultureInfo.InvariantCulture)), Quote.Field(hpa, "status.currentMetrics", hpa.Status.At("currentMetrics")?.ToJsonString())],
            Fix = "Raise maxReplicas, or make each replica do more.",
            Patch = max is { } number ? Patches.At(["spec"], new JsonObject { ["maxReplicas"] = number * 2 }) : null,
        };
    }

    /// <summary>Whether a metric that is measured lies above its target; true where the version does not tell.</summary>
    private static bool Above(KubeObject hpa)
    {
        var wanted = hpa.Spec.Items("metrics").Select(metric => metric.Number("resource", "target", "averageUtilization") ?? metric.Number("resource", "targetAverageUtilization")).FirstOrDefault(value => value is not null) ?? hpa.Spec.Number("targetCPUUtilizationPercentage");
        var current = hpa.Status.Items("currentMetrics").Select(metric => metric.Number("resource", "current", "averageUtilization") ?? metric.Number("resource", "currentAverageUtilization")).FirstOrDefault(value => value is not null) ?? hpa.Status.Number("currentCPUUtilizationPercentage");
        return wanted is null || current is null || current > wanted;
    }

    private static IReadOnlyList<Evidence> Quotes(KubeObject hpa, string type, JsonNode? condition) =>
        condition is null ? [] : [Quote.Field(hpa, $"status.conditions[{type}]", $"{condition.Text("reason")}: {condition.Text("message")}")];

    private static IReadOnlyList<ObjectRef> Api(Cluster cluster, params string[] groups) =>
        [.. cluster.All("APIService").Where(api => groups.Contains(api.Spec.Text("group"))).Select(api => api.Ref)];

    /// <summary>autoscaling/v1 keeps its conditions in an annotation.</summary>
    private static JsonObject? Condition(KubeObject hpa, string type)
    {
        if (hpa.Condition(type) is { } condition)
        {
            return condition;
        }

        try
        {
            return hpa.Annotations.GetValueOrDefault("autoscaling.alpha.kubernetes.io/conditions") is { Length: < 20000 } text && JsonNode.Parse(text) is JsonArray all
                ? all.OfType<JsonObject>().FirstOrDefault(item => item.Text("type") == type)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
