using Academy.Host.Embedded;
using Npgsql;

namespace Academy.IntegrationTests.Embedded;

public sealed class Asking_for_the_embedded_mode
{
    private static readonly Func<string, string?> Nothing = _ => null;

    [Fact]
    public void takes_values_with_and_without_an_equals_sign()
    {
        EmbeddedOptions.Parse(["--embedded", "--data", "/tmp/a", "--port=81"], Nothing).ShouldSatisfyAllConditions(
            options => options.DataFolder.ShouldBe("/tmp/a"),
            options => options.Port.ShouldBe(81),
            options => options.ConnectionString.ShouldBeNull());
    }

    [Fact]
    public void prefers_the_command_line_to_the_environment() =>
        EmbeddedOptions.Parse(["--data=/tmp/line"], name => name == "ACADEMY_DATA" ? "/tmp/environment" : null).DataFolder.ShouldBe("/tmp/line");

    [Theory]
    [InlineData("--data")]
    [InlineData("--port", "--data")]
    [InlineData("--port", "0")]
    [InlineData("--port", "65536")]
    [InlineData("--port", "+80")]
    [InlineData("--postgres", "postgres://host:port:port/")]
    [InlineData("--postgres", "Hots=db")]
    public void says_what_is_wrong_and_ends_with_code_2(params string[] args) =>
        Should.Throw<EmbeddedException>(() => EmbeddedOptions.Parse(args, Nothing)).ExitCode.ShouldBe(2);

    [Fact]
    public void does_not_repeat_a_password_it_did_not_understand() =>
        Should.Throw<EmbeddedException>(() => PostgresUri.ToConnectionString("postgres://me:hunter2@db/x?nonsense=1")).Message.ShouldNotContain("hunter2");

    [Fact]
    public void reads_a_PostgreSQL_address()
    {
        var read = new NpgsqlConnectionStringBuilder(
            PostgresUri.ToConnectionString("postgres://me:p%40ss-word@db.example:5433/academy?sslmode=verify-full&application_name=my-app"));
        read.ShouldSatisfyAllConditions(
            it => it.Host.ShouldBe("db.example"),
            it => it.Port.ShouldBe(5433),
            it => it.Username.ShouldBe("me"),
            it => it.Password.ShouldBe("p@ss-word"),
            it => it.Database.ShouldBe("academy"),
            it => it.SslMode.ShouldBe(SslMode.VerifyFull),
            it => it.ApplicationName.ShouldBe("my-app"));
    }
}
