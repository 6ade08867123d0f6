using Academy.Features.Door;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Academy.Host.Setup;

/// <summary>
/// Traces go to an OTLP collector where the standard <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one; metrics go there too, and stand at
/// <c>/metrics</c> for Prometheus.
/// </summary>
internal static class TelemetrySetup
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddHealth();
        var export = !string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("academy"))
            .WithTracing(t =>
            {
                t.AddSource(DoorTelemetry.Name, "Academy.Agent", "Marten").AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddNpgsql();
                if (export)
                {
                    t.AddOtlpExporter();
                }
            })
            .WithMetrics(m =>
            {
                m.AddMeter(DoorTelemetry.Name, "Academy.Agent", "Marten").AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation();
                m.AddPrometheusExporter();
                if (export)
                {
                    m.AddOtlpExporter();
                }
            });
    }
}
