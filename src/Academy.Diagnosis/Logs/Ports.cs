using System.Globalization;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Logs;

/// <summary>Ports a container serves: what its log says it listens on, and what its spec declares.</summary>
internal sealed record Ports(IReadOnlyList<(long Port, string Line)> Heard, IReadOnlyList<long> Declared, Pod Pod, Container Container, bool Previous)
{
    public static Ports Of(Cluster cluster, Pod pod, Container container)
    {
        foreach (var previous in (ReadOnlySpan<bool>)[false, true])
        {
            if (cluster.Log(pod, container.Name, previous) is { Text.Length: > 0 } log && LogReading.Listening(log.Text) is { Count: > 0 } heard)
            {
                return new Ports(heard, container.Ports, pod, container, previous);
            }
        }

        return new Ports([], container.Ports, pod, container, false);
    }

    public bool Known => Heard.Count > 0 || Declared.Count > 0;

    /// <summary>True where the log says the program listens there; where the log is silent, what the spec declares.</summary>
    public bool Serves(long port) => Heard.Count > 0 ? Heard.Any(item => item.Port == port) : Declared.Contains(port);

    public long Main => Heard.Count > 0 ? Heard.Where(item => Declared.Contains(item.Port)).Select(item => item.Port).FirstOrDefault(Heard[0].Port) : Declared.Count > 0 ? Declared[0] : 0;

    public Evidence? Quote => Heard.Count > 0
        ? Graph.Quote.Log(Pod, Container.Name, Previous, Heard.First(item => item.Port == Main).Line)
        : Declared.Count > 0 ? Graph.Quote.Field(Pod.Object, Container.SpecPath + ".ports[0].containerPort", Main.ToString(CultureInfo.InvariantCulture)) : null;
}
