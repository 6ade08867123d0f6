using System.Reflection;
using Marten;
using MediatR;
using Microsoft.SemanticKernel;
using Mono.Cecil;

namespace Academy.Tests.Architecture;

/// <summary>What the layout promises, on the real projects.</summary>
public sealed class The_layout
{
    public static TheoryData<string> Projects => [.. Repository.Projects];

    [Fact]
    public void keeps_the_domain_free_of_packages()
    {
        Rules.BeyondBaseLibrary(Repository.Module("Academy.Domain")).ShouldBeEmpty();
        Rules.TakenIn(Repository.ProjectFile("Academy.Domain")).ShouldBeEmpty();
    }

    [Fact]
    public void lets_diagnosis_know_the_models_of_Kubernetes_alone()
    {
        Rules.BeyondBaseLibrary(Repository.Module("Academy.Diagnosis"), "KubernetesClient").ShouldBeEmpty();
        Rules.TakenIn(Repository.ProjectFile("Academy.Diagnosis")).ShouldBe(["KubernetesClient"]);
    }

    [Theory, MemberData(nameof(Projects))]
    public void lets_projects_know_only_what_lies_below_them(string project) =>
        Rules.UnknownProjects(Repository.Module(project), project).ShouldBeEmpty();

    [Theory, MemberData(nameof(Projects))]
    public void gives_each_large_package_one_home(string project) =>
        Rules.StrayPackages(Repository.Module(project), project).ShouldBeEmpty();

    [Theory, MemberData(nameof(Projects))]
    public void lets_the_door_alone_save(string project) => Rules.SavesElsewhere(Repository.Module(project)).ShouldBeEmpty();

    [Theory, MemberData(nameof(Projects))]
    public void has_one_bus(string project) => Rules.OtherBuses(Repository.Module(project)).ShouldBeEmpty();

    [Theory, MemberData(nameof(Projects))]
    public void keeps_handlers_from_sending(string project) => Rules.HandlersThatSend(Repository.Module(project)).ShouldBeEmpty();
}

/// <summary>Each rule is shown a violation, so that its silence on the real projects means something.</summary>
public sealed class A_planted_violation
{
    private static readonly MethodInfo Save = typeof(IDocumentSession).GetMethod(nameof(IDocumentSession.SaveChangesAsync), [typeof(CancellationToken)])!;
    private static readonly MethodInfo BuildKernel = typeof(IKernelBuilder).GetProperty(nameof(IKernelBuilder.Services))!.GetMethod!;

    [Fact]
    public void is_seen_when_the_domain_uses_a_package() =>
        Rules.BeyondBaseLibrary(Calls("Academy.Domain", Save)).ShouldBe(["Academy.Domain references Marten"]);

    [Fact]
    public void is_seen_when_a_project_file_takes_a_package_in() =>
        Rules.TakenIn("""<Project><ItemGroup><PackageReference Include="Marten" /></ItemGroup></Project>""").ShouldBe(["Marten"]);

    [Fact]
    public void is_seen_when_diagnosis_uses_the_store() =>
        Rules.BeyondBaseLibrary(Calls("Academy.Diagnosis", Save), "KubernetesClient").ShouldBe(["Academy.Diagnosis references Marten"]);

    [Fact]
    public void is_seen_when_features_know_the_host() =>
        Rules.UnknownProjects(Calls("Academy.Features", typeof(Host.Embedded.FreePort).GetMethod(nameof(Host.Embedded.FreePort.IsFree))!), "Academy.Features")
            .ShouldBe(["Academy.Features knows Academy.Host"]);

    [Theory]
    [InlineData("Academy.Features")]
    [InlineData("Academy.Host")]
    [InlineData("Academy.Cli")]
    public void is_seen_when_another_than_the_agent_uses_Semantic_Kernel(string project) =>
        Rules.StrayPackages(Calls(project, BuildKernel), project).ShouldBe([$"{project} uses Microsoft.SemanticKernel.Abstractions"]);

    [Fact]
    public void is_seen_when_a_slice_saves_but_not_when_the_door_does()
    {
        Rules.SavesElsewhere(Planted.Calling("Academy.Features", "Academy.Features.Mentoring.ClaimMentorshipHandler", Save))
            .ShouldBe(["Academy.Features.Mentoring.ClaimMentorshipHandler calls SaveChangesAsync"]);
        Rules.SavesElsewhere(Planted.Calling("Academy.Features", "Academy.Features.Door.Commit", Save)).ShouldBeEmpty();
    }

    [Fact]
    public void is_seen_when_a_second_bus_is_used() =>
        Rules.OtherBuses(Planted.Implementing("Academy.Features", "Academy.Features.Told", typeof(INotification), typeof(int)))
            .ShouldBe(["Academy.Features uses MediatR.INotification"]);

    [Fact]
    public void is_seen_when_a_handler_can_send() =>
        Rules.HandlersThatSend(Planted.Implementing("Academy.Features", "Academy.Features.Chain", typeof(IRequestHandler<IRequest<int>, int>), typeof(IMediator)))
            .ShouldBe(["Academy.Features.Chain holds MediatR.IMediator"]);

    private static ModuleDefinition Calls(string project, MethodInfo called) => Planted.Calling(project, project + ".Planted", called);
}
