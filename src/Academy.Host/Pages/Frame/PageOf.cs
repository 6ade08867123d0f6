using Academy.Features.SigningIn;
using Microsoft.AspNetCore.Components;

namespace Academy.Host.Pages.Frame;

/// <summary>A page: what it shows, and who looks at it.</summary>
public abstract class PageOf<TModel> : ComponentBase
{
    [Parameter]
    public required TModel Model { get; set; }

    /// <summary>Null: nobody is signed in.</summary>
    [Parameter]
    public Me? Me { get; set; }

    protected bool Is(string role) => Me?.Roles.Contains(role) == true;
}
