using Academy.Host.Embedded;
using Academy.Host.Pages;
using Academy.Host.Setup;

var embedded = await EmbeddedHosting.StartIfAsked(args);
var builder = WebApplication.CreateBuilder(args);
builder.UseEmbedded(embedded);
builder.AddSettings();
builder.AddStorage();
builder.AddCurriculum();
builder.AddIdentity();
builder.AddHttpApi();
builder.AddPages();
builder.AddJobs();
builder.AddTelemetry();

var app = builder.Build();
if (args.Contains("--migrate"))
{
    await app.MigrateAsync();
    return;
}

app.UseHttpApi();
app.MapHealth();
app.MapSignIn();
app.MapPages();
await app.RunAsync();
