using Academy.IntegrationTests.Api;

[assembly: AssemblyFixture(typeof(SharedAcademy))]

namespace Academy.IntegrationTests.Api;

/// <summary>
/// One server for all tests that need nothing special of it: <c>public sealed class My_tests(SharedAcademy shared, PostgresFixture postgres)</c>,
/// then <c>var academy = await shared.Server(postgres)</c>. Its clock is not moved: who needs that takes <see cref="OwnAcademy"/>.
/// </summary>
public sealed class SharedAcademy : OwnAcademy;
