using System.ComponentModel.DataAnnotations;
using Academy.Domain.Environments;

namespace Academy.Features.Provisioning;

/// <summary>The section <c>Academy:Environments</c>: how long and how large environments on classrooms may be.</summary>
public sealed class EnvironmentsOptions
{
    /// <summary>
    /// Which Academy this is, on the labels of what it makes; follows from the master key where it is not given. Two Academies with one master
    /// key (a copy for trials) on one classroom need two names: each removes what has its own name and is not in its own database.
    /// </summary>
    [RegularExpression("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?")]
    public string? Installation { get; set; }

    /// <summary>Longest life that a lab may ask for, in hours; 1 to 336.</summary>
    [Range(1, 336)]
    public int MaxHours { get; set; } = 24;

    /// <summary>How often one may be extended; 0 to 100.</summary>
    [Range(0, 100)]
    public int MaxExtensions { get; set; } = 3;

    /// <summary>By how many hours at a time; 1 to 72.</summary>
    [Range(1, 72)]
    public int MaxExtensionHours { get; set; } = 4;

    /// <summary>How many one student may have at a time; 1 to 100.</summary>
    [Range(1, 100)]
    public int MaxPerStudent { get; set; } = 2;

    /// <summary>Life of a kubeconfig for which nothing else was asked, in minutes; 10 to 1,440.</summary>
    [Range(10, 1440)]
    public int TokenMinutes { get; set; } = 60;

    /// <summary>Longest life of a kubeconfig that may be asked for, in minutes; 10 to 1,440.</summary>
    [Range(10, 1440)]
    public int MaxTokenMinutes { get; set; } = 480;

    /// <summary>How long before its end it is said that it ends; 1 minute to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan WarnBefore { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Longest time for one piece of work in a classroom, after which it is tried again; 5 s to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan WorkTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After so many failures in a row an environment is not made any more; 1 to 100.</summary>
    [Range(1, 100)]
    public int MaxTries { get; set; } = 10;

    /// <summary>Pieces of work at the same time in one process; 1 to 32.</summary>
    [Range(1, 32)]
    public int AtOnce { get; set; } = 4;

    /// <summary>
    /// Networks in CIDR notation from which the API servers of classrooms make their own requests to pods: let in although an environment is
    /// isolated, so that its services can be looked at through the server's proxy.
    /// </summary>
    public IList<string> ProxyNetworks { get; } = [];

    internal ExtensionPolicy Extensions => new(MaxExtensions, MaxExtensionHours);
}
