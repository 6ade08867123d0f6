using Academy.Features.Attempting;
using Academy.Features.Door;

namespace Academy.Tests.Door;

public sealed class Every_request
{
    private static readonly Type[] Planted = [typeof(Open), typeof(ForCooks)];

    [Fact]
    public void is_found() => Requests.All.ShouldContain(typeof(CheckWork));

    [Fact]
    public void says_whom_it_is_for()
    {
        Requests.WithoutAudience(Requests.All).ShouldBeEmpty();
        Requests.WithUnknownAudience(Requests.All).ShouldBeEmpty();
    }

    [Fact]
    public void has_one_handler()
    {
        var types = Requests.All.Select(t => t.Assembly).Distinct().SelectMany(a => a.GetTypes()).Where(t => t is { IsClass: true, IsAbstract: false }).ToList();
        Requests.WithoutHandler(Requests.All, types).ShouldBeEmpty();
        Requests.WithoutHandler(Planted, types).ShouldBe(["Open has 0 handlers", "ForCooks has 0 handlers"]);
    }

    [Fact]
    public void is_a_command_or_a_query()
    {
        Requests.NeitherCommandNorQuery(Requests.All).ShouldBeEmpty();
        Requests.NeitherCommandNorQuery(Planted).ShouldBe(["Open is neither a command nor a query"]);
    }

    [Fact]
    public void would_be_noticed_without_an_audience()
    {
        Requests.WithoutAudience(Planted).ShouldBe(["Open has no [Audience]"]);
        Requests.WithUnknownAudience(Planted).ShouldBe(["ForCooks is for 'cook', which nobody is"]);
    }

    private sealed record Open : MediatR.IRequest<Result<Done>>;

    [Audience("cook")]
    private sealed record ForCooks : IAcademyCommand<Done>;
}
