using System.Reflection;
using Academy.Domain;
using Academy.Features.Door;
using Academy.Features.Http;
using Academy.Features.SigningIn;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Academy.Host.Pages.Frame;

/// <summary>Whoever looks at a page, and their way to the door. The first refusal of what a page needs becomes the page.</summary>
internal sealed class Visitor(HttpContext http, IDoor door, IActor? actor, Me? me)
{
    private Refusal? _trouble;

    /// <summary>Null: nobody is signed in.</summary>
    public Me? Me => me;

    public static async ValueTask<Visitor?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        _ = parameter;
        var door = http.RequestServices.GetRequiredService<IDoor>();
        return http.Actor() is { } actor
            ? new Visitor(http, door, actor, (await door.Send(new WhoAmI(), actor, http.RequestAborted)).Value)
            : new Visitor(http, door, null, null);
    }

    /// <summary>Sends whoever is not signed in to the front page, which says how to.</summary>
    public static async ValueTask<object?> MustBeSignedIn(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.Arguments.OfType<Visitor>().First().Me is null ? TypedResults.Redirect("/?signed-out=1") : await next(context);

    public bool Is(string role) => me?.Roles.Contains(role) == true;

    /// <summary>What the page cannot do without. After a refusal it is null, and <see cref="Show"/> shows the refusal.</summary>
    public async Task<T?> Ask<T>(IRequest<Result<T>> query, CancellationToken ct)
        where T : class
    {
        var reply = await door.Send(query, actor!, ct);
        _trouble ??= reply.Refusal;
        return reply.Value;
    }

    /// <summary>What the page shows where there is such a thing and the visitor may see it.</summary>
    public async Task<T?> Try<T>(IRequest<Result<T>> query, CancellationToken ct)
        where T : class =>
        (await door.Send(query, actor!, ct)).Value;

    /// <param name="model">Made only where nothing was refused.</param>
    public IResult Show<TPage, TModel>(Func<TModel> model)
        where TPage : PageOf<TModel> =>
        _trouble is { } trouble ? Problem(trouble) : Render<TPage, TModel>(model(), StatusCodes.Status200OK);

    public IResult NotFound() => Problem(new(RefusalKind.NotFound, "address.unknown", "There is nothing at this address."));

    private RazorComponentResult<ProblemPage> Problem(Refusal refusal) => Render<ProblemPage, Refusal>(refusal, Problems.StatusOf(refusal.Kind));

    private RazorComponentResult<TPage> Render<TPage, TModel>(TModel model, int status)
        where TPage : PageOf<TModel>
    {
        // A page holds what is somebody's own: no cache keeps it.
        http.Response.Headers.CacheControl = "no-store";
        return new(new Dictionary<string, object?> { [nameof(PageOf<>.Model)] = model, [nameof(PageOf<>.Me)] = me }) { StatusCode = status };
    }
}
