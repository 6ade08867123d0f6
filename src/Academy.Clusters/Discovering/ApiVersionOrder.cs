using System.Globalization;
using System.Text.RegularExpressions;

namespace Academy.Clusters.Discovering;

/// <summary>Kubernetes' order of versions: v2, v1, v2beta2, v2beta1, v1alpha1; anything else last.</summary>
internal static partial class ApiVersionOrder
{
    /// <summary>Greater is better.</summary>
    public static (int Stability, int Major, int Minor) Of(string version)
    {
        var match = Pattern().Match(version);
        return match.Success
            ? (match.Groups["kind"].Value switch { "" => 3, "beta" => 2, _ => 1 }, Number(match.Groups["major"]), Number(match.Groups["minor"]))
            : default;
    }

    private static int Number(Group digits) => int.TryParse(digits.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex("^v(?<major>[0-9]{1,6})((?<kind>alpha|beta)(?<minor>[0-9]{1,6}))?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
