namespace Academy.Diagnosis;

/// <summary>What the report draws: causes, the workloads and objects they explain, and their pods, with arrows from cause to consequence.</summary>
/// <param name="Nodes">In the order of the report; no object twice.</param>
internal sealed record CauseDrawing(IReadOnlyList<CauseDrawing.Node> Nodes, IReadOnlyList<(int From, int To)> Edges)
{
    /// <summary>More than this below one cause is summed up in one box.</summary>
    private const int ShownSymptoms = 12;

    /// <param name="Layer">0: cause, 1: what it explains, 2: a pod of that.</param>
    /// <param name="Title">Kind, or for the box that sums up its count.</param>
    internal sealed record Node(int Layer, string Title, string Place, string? Reason);

    public static CauseDrawing Of(DiagnosisReport report)
    {
        var drawing = new Builder();
        foreach (var cause in report.RootCauses)
        {
            drawing.Cause(new ObjectRef(cause.Kind, cause.Namespace, cause.Name), cause.Reason);
        }

        foreach (var cause in report.RootCauses)
        {
            var at = new ObjectRef(cause.Kind, cause.Namespace, cause.Name);
            foreach (var symptom in cause.Explains.Take(ShownSymptoms))
            {
                var owner = symptom.Kind == "Pod" ? Owner(symptom, cause.Explains.Take(ShownSymptoms)) : null;
                drawing.Symptom(owner ?? at, symptom, owner is null ? 1 : 2);
            }

            if (cause.Explains.Count > ShownSymptoms)
            {
                drawing.Rest(at, cause.Explains.Count - ShownSymptoms);
            }
        }

        return new(drawing.Nodes, drawing.Edges);
    }

    // The report has no owners, but controllers name their pods after themselves.
    private static ObjectRef? Owner(ObjectRef pod, IEnumerable<ObjectRef> among) =>
        among.Where(at => at.Kind != "Pod" && at.Namespace == pod.Namespace && pod.Name.StartsWith(at.Name + "-", StringComparison.Ordinal)).MaxBy(at => at.Name.Length);

    private sealed class Builder
    {
        private readonly Dictionary<ObjectRef, int> _known = [];
        private readonly HashSet<(int, int)> _drawn = [];

        public List<Node> Nodes { get; } = [];

        public List<(int From, int To)> Edges { get; } = [];

        public void Cause(ObjectRef at, string reason)
        {
            if (_known.TryGetValue(at, out var index))
            {
                Nodes[index] = Nodes[index] with { Reason = $"{Nodes[index].Reason}, {reason}" };
            }
            else
            {
                Add(at, 0, reason);
            }
        }

        public void Symptom(ObjectRef of, ObjectRef at, int layer)
        {
            if (!_known.ContainsKey(at))
            {
                Add(at, layer, null);
            }

            Link(Known(of), _known[at]);
        }

        public void Rest(ObjectRef of, int count)
        {
            Nodes.Add(new(1, $"and {count} more", "", null));
            Link(_known[of], Nodes.Count - 1);
        }

        // An owner may come after its pod in the report.
        private int Known(ObjectRef at) => _known.TryGetValue(at, out var index) ? index : Add(at, 1, null);

        private int Add(ObjectRef at, int layer, string? reason)
        {
            Nodes.Add(new(layer, at.Kind, ShownText.Place(at.Namespace, at.Name), reason));
            return _known[at] = Nodes.Count - 1;
        }

        private void Link(int from, int to)
        {
            if (from != to && _drawn.Add((from, to)))
            {
                Edges.Add((from, to));
            }
        }
    }
}
