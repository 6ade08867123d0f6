using System.Xml.Linq;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace Academy.Tests.Architecture;

/// <summary>The rules of the layout. Each looks at one compiled project or project file and names every violation.</summary>
internal static class Rules
{
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>Which projects a project may know. What is not listed here is new and has to be thought about.</summary>
    private static readonly Dictionary<string, string[]> Knows = new()
    {
        ["Academy.Domain"] = [],
        ["Academy.Diagnosis"] = [],
        ["Academy.Clusters"] = ["Academy.Diagnosis"],
        ["Academy.Curriculum"] = ["Academy.Diagnosis"],
        ["Academy.Features"] = ["Academy.Domain", "Academy.Diagnosis", "Academy.Clusters", "Academy.Curriculum"],
        ["Academy.Agent"] = ["Academy.Features", "Academy.Domain", "Academy.Diagnosis", "Academy.Clusters", "Academy.Curriculum"],
        ["Academy.Cli"] = ["Academy.Diagnosis", "Academy.Clusters", "Academy.Curriculum"],
        ["Academy.Host"] = ["Academy.Agent", "Academy.Features", "Academy.Domain", "Academy.Diagnosis", "Academy.Clusters", "Academy.Curriculum"],
    };

    /// <summary>Packages that belong to one place, by the beginning of their assemblies' names, and who may use them.</summary>
    private static readonly Dictionary<string, string[]> Homes = new()
    {
        ["Microsoft.SemanticKernel"] = ["Academy.Agent"],
        ["Quartz"] = ["Academy.Host"],
        ["Marten"] = ["Academy.Features", "Academy.Host"],
        ["FastEndpoints"] = ["Academy.Features", "Academy.Agent", "Academy.Host"],
        ["Microsoft.AspNetCore"] = ["Academy.Features", "Academy.Agent", "Academy.Host"],
    };

    public static IEnumerable<string> UnknownProjects(ModuleDefinition module, string project) =>
        from reference in References(module)
        where reference.StartsWith("Academy.", StringComparison.Ordinal) && !Knows.GetValueOrDefault(project, []).Contains(reference)
        select $"{project} knows {reference}";

    public static IEnumerable<string> StrayPackages(ModuleDefinition module, string project) =>
        from reference in References(module)
        from home in Homes
        where (reference == home.Key || reference.StartsWith(home.Key + ".", StringComparison.Ordinal)) && !home.Value.Contains(project)
        select $"{project} uses {reference}";

    /// <summary>References beyond .NET's base library and the packages that are allowed.</summary>
    public static IEnumerable<string> BeyondBaseLibrary(ModuleDefinition module, params string[] allowed) =>
        from reference in References(module)
        where !File.Exists(Path.Combine(Framework, reference + ".dll")) && !allowed.Contains(reference)
        select $"{module.Assembly.Name.Name} references {reference}";

    /// <summary>What a project file takes in, used or not.</summary>
    public static IEnumerable<string> TakenIn(string projectFile) =>
        XDocument.Parse(projectFile).Descendants()
            .Where(element => element.Name.LocalName is "PackageReference" or "ProjectReference" or "FrameworkReference" or "Reference")
            .Select(element => (string?)element.Attribute("Include") ?? element.ToString());

    /// <summary>Only the door saves.</summary>
    public static IEnumerable<string> SavesElsewhere(ModuleDefinition module) =>
        from type in module.GetAllTypes()
        where !Outermost(type).FullName.StartsWith("Academy.Features.Door.", StringComparison.Ordinal)
        from method in type.Methods
        where method.HasBody
        from instruction in method.Body.Instructions
        let called = instruction.Operand as MethodReference
        where called?.Name is "SaveChanges" or "SaveChangesAsync" && called.DeclaringType.Namespace.StartsWith("Marten", StringComparison.Ordinal)
        select $"{Outermost(type).FullName} calls {called.Name}";

    /// <summary>There is one bus: requests through the door. Reactions are subscriptions to stored events.</summary>
    public static IEnumerable<string> OtherBuses(ModuleDefinition module) =>
        from reference in module.GetTypeReferences()
        where reference.FullName is "FastEndpoints.ICommand" or "FastEndpoints.IEvent" or "MediatR.INotification" or "MediatR.IPublisher"
            || reference.FullName.StartsWith("FastEndpoints.ICommand`", StringComparison.Ordinal)
            || reference.FullName.StartsWith("FastEndpoints.ICommandHandler`", StringComparison.Ordinal)
            || reference.FullName.StartsWith("FastEndpoints.IEventHandler`", StringComparison.Ordinal)
            || reference.FullName.StartsWith("MediatR.INotificationHandler`", StringComparison.Ordinal)
        select $"{module.Assembly.Name.Name} uses {reference.FullName}";

    /// <summary>A handler does its work itself, in one transaction; it sends nothing to other handlers.</summary>
    public static IEnumerable<string> HandlersThatSend(ModuleDefinition module) =>
        from type in module.GetAllTypes()
        where type.Interfaces.Any(it => it.InterfaceType.FullName.StartsWith("MediatR.IRequestHandler`", StringComparison.Ordinal))
        from field in type.Fields
        where field.FieldType.FullName == "MediatR.IMediator"
        select $"{type.FullName} holds {field.FieldType.FullName}";

    private static IEnumerable<string> References(ModuleDefinition module) => module.AssemblyReferences.Select(reference => reference.Name);

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
