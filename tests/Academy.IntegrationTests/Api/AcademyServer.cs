using System.Security.Cryptography;
using Academy.Features.Door;
using Academy.Features.SigningIn;
using Academy.Features.Storing;
using Academy.Host.Setup;
using JasperFx;
using Marten;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Academy.IntegrationTests.Api;

/// <summary>How a server under test differs from one that is deployed.</summary>
/// <param name="Settings">Over the configuration, e.g. <c>Academy:RequestsPerMinute</c>.</param>
/// <param name="Services">Over the services, e.g. an assistant that the test leads.</param>
/// <param name="ConnectionString">A database that another server uses already; a fresh one where it is not given.</param>
public sealed record ServerOptions(
    IReadOnlyDictionary<string, string?>? Settings = null, Action<IServiceCollection>? Services = null, string? ConnectionString = null);

/// <summary>
/// The real host in this process: Program.cs, Kestrel on a free port of the loopback address, PostgreSQL. Tests that need nothing
/// special share one, see <see cref="SharedAcademy"/>, and keep apart by organisations and people of their own.
/// </summary>
public sealed class AcademyServer : IAsyncDisposable
{
    private static readonly IReadOnlyList<string> AllScopes = Domain.People.TokenScopes.All;
    private readonly RealHost _host;

    private AcademyServer(string connectionString, RealHost host, TestClock clock) =>
        (ConnectionString, _host, Clock, Address) = (connectionString, host, clock, host.ClientOptions.BaseAddress);

    public string ConnectionString { get; }

    public TestClock Clock { get; }

    /// <summary>E.g. <c>http://127.0.0.1:41233/</c>.</summary>
    public Uri Address { get; }

    public IServiceProvider Services => _host.Services;

    public IDoor Door => Services.GetRequiredService<IDoor>();

    public IDocumentStore Store => Services.GetRequiredService<IDocumentStore>();

    public static async Task<AcademyServer> Start(PostgresFixture postgres, ServerOptions? options = null)
    {
        options ??= new ServerOptions();
        var connectionString = options.ConnectionString ?? await postgres.CreateDatabase("academy", MakeSchema, TestContext.Current.CancellationToken);
        var clock = new TestClock();
        var host = new RealHost(connectionString, clock, options);
        try
        {
            host.UseKestrel(0);
            await Task.Run(host.StartServer);
            return new AcademyServer(connectionString, host, clock);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client without anybody signed in. It follows no redirects and keeps no cookies.</summary>
    public HttpClient Anonymous() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(2) };

    public HttpClient WithToken(string token)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    /// <summary>A client of a new person, or of one who is there already, with a real token of theirs.</summary>
    public async Task<HttpClient> As(string role, string tenant = Actor.DefaultTenant, Guid? person = null) => (await Person([role], tenant, person)).Client;

    /// <summary>Adds a person through the door, if they are not there yet, and issues a token to them.</summary>
    public async Task<Someone> Person(IReadOnlyList<string> roles, string tenant = Actor.DefaultTenant, Guid? id = null, string name = "Somebody")
    {
        var who = id ?? Guid.CreateVersion7(Clock.GetUtcNow());
        var added = await Door.Send(new AddPerson(name, roles, who), Actor.System(tenant), TestContext.Current.CancellationToken);
        if (added.Refusal is { Code: not "person.exists" } trouble)
        {
            throw new InvalidOperationException(trouble.Message);
        }

        var actor = new Actor(tenant, who, roles);
        var token = await Door.Send(new IssueToken("test", AllScopes, 365), actor, TestContext.Current.CancellationToken);
        return new Someone(this, actor, token.Value!.Token, WithToken(token.Value.Token));
    }

    /// <summary>The name of an organisation that no other test uses.</summary>
    public static string NewTenant() => $"org-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static async Task MakeSchema(string connectionString)
    {
        await using var store = DocumentStore.For(o =>
        {
            o.Connection(connectionString);
            AcademyStore.Configure(o);
        });
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
    }

    private sealed class RealHost(string connectionString, TestClock clock, ServerOptions options) : WebApplicationFactory<AcademySettings>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            builder.UseSetting("ConnectionStrings:Academy", connectionString);
            builder.UseSetting("Academy:MasterKey", Convert.ToBase64String("the master key of the tests: 32."u8));
            builder.UseSetting("Academy:RequestsPerMinute", "100000");
            builder.UseSetting("Academy:QuestionsPerMinute", "1000");
            foreach (var (name, value) in options.Settings ?? new Dictionary<string, string?>())
            {
                builder.UseSetting(name, value);
            }

            builder.ConfigureLogging(l => l.SetMinimumLevel(LogLevel.Warning));
            builder.ConfigureTestServices(services =>
            {
                services.AddSingleton<TimeProvider>(clock);
                options.Services?.Invoke(services);
            });
        }
    }
}

/// <summary>A person of a test, with a client that is signed in as them.</summary>
public sealed record Someone(AcademyServer Server, Actor Actor, string Token, HttpClient Client)
{
    public Guid Id => Actor.Id;

    public string Tenant => Actor.Tenant;
}
