using Academy.Domain;
using Academy.Features.Door;
using Academy.Features.SigningIn;
using Academy.Features.Storing;
using Academy.Host.Setup;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Academy.Host.SigningIn;

/// <summary>In the embedded mode there are three people from the start, and a link for each is printed.</summary>
internal sealed class SignInLinks(IDoor door, IServer server, IServiceProvider services, IHostApplicationLifetime lifetime) : IHostedService
{
    private static readonly (string Name, string[] Roles)[] People =
    [
        ("Student", [Roles.Student]),
        ("Mentor", [Roles.Mentor]),
        ("Administrator", [Roles.Administrator, Roles.Instructor]),
    ];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (services.Settings().Embedded)
        {
            lifetime.ApplicationStarted.Register(() => _ = Announce(lifetime.ApplicationStopping));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Announce(CancellationToken ct)
    {
        var system = Actor.System(Actor.DefaultTenant);
        var address = services.Settings().PublicUrl?.GetLeftPart(UriPartial.Authority) ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        var lines = new List<string> { "", $"Academy runs at {address}", "" };
        foreach (var (name, roles) in People)
        {
            var id = Ids.From("embedded", name);
            var added = await door.Send(new AddPerson(name, roles, id), system, ct);
            if (added.Refusal is { Code: not "person.exists" } trouble)
            {
                lines.Add($"  {name,-14} {trouble.Message}");
                continue;
            }

            var link = await door.Send(new MakeSignInLink(id), system, ct);
            lines.Add($"  {name,-14} {(link.Value is { } made ? address + made.Path : link.Refusal!.Message)}");
        }

        lines.AddRange(["", "The links sign in a browser, for a day. Ctrl-C stops everything."]);
        await Console.Out.WriteLineAsync(string.Join(Environment.NewLine, lines));
    }
}
