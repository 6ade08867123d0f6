using System.Text.Json.Nodes;

namespace Academy.Clusters.Classrooms;

/// <summary>Network policies of an isolated environment: nothing in or out, then what is allowed all the same.</summary>
internal static class EnvironmentPolicies
{
    // Where a node's own cache for names listens (https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/).
    private const string NodeLocalDns = "169.254.20.10/32";

    public static IEnumerable<(string Name, JsonObject Spec)> Specs(EnvironmentPlan plan)
    {
        yield return ($"{EnvironmentObjects.Own}-deny", Everything("Ingress", "Egress"));

        var within = Everything("Ingress", "Egress");
        within["ingress"] = new JsonArray(new JsonObject { ["from"] = new JsonArray([AllPods(), .. plan.ProxyNetworks.Select(Block)]) });
        within["egress"] = new JsonArray(
            new JsonObject { ["to"] = new JsonArray(AllPods()) },
            new JsonObject
            {
                ["to"] = new JsonArray(new JsonObject { ["namespaceSelector"] = new JsonObject() }, Block(NodeLocalDns)),
                ["ports"] = new JsonArray(Port("UDP", 53), Port("TCP", 53)),
            });
        yield return ($"{EnvironmentObjects.Own}-within", within);
    }

    private static JsonObject Everything(params string[] types) => new()
    {
        ["podSelector"] = new JsonObject(),
        ["policyTypes"] = new JsonArray([.. types.Select(t => JsonValue.Create(t))]),
    };

    private static JsonObject AllPods() => new() { ["podSelector"] = new JsonObject() };

    private static JsonObject Block(string network) => new JsonObject { ["ipBlock"] = new JsonObject { ["cidr"] = network } };

    private static JsonObject Port(string protocol, int port) => new() { ["protocol"] = protocol, ["port"] = port };
}
