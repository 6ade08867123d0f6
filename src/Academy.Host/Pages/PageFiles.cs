using Microsoft.Extensions.FileProviders;

namespace Academy.Host.Pages;

/// <summary>Styles, scripts and pictures, wherever the program is started from: a folder of the caller's with the same name is not served.</summary>
internal static class PageFiles
{
    public static void UsePageFiles(this WebApplication app)
    {
        var types = new Microsoft.AspNetCore.StaticFiles.FileExtensionContentTypeProvider();
        types.Mappings[".sh"] = "text/plain; charset=utf-8";
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(Folder(app.Environment)),
            ContentTypeProvider = types,
            // The browser asks whether it has the newest: a page never meets the script of another version.
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
    }

    private static string Folder(IHostEnvironment environment) =>
        new[]
        {
            Path.Combine(AppContext.BaseDirectory, "wwwroot"),
            Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "wwwroot"),
            Path.Combine(environment.ContentRootPath, "wwwroot"),
        }
        .Select(Path.GetFullPath)
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "js", "page.js")))
        ?? throw new InvalidOperationException("The folder wwwroot is missing beside the program: its installation is not complete.");
}
