global using Academy.Domain;
global using Academy.Features.Door;
global using Academy.Features.Http;
global using Academy.Features.Storing;
global using FluentValidation;
global using Marten;
global using MediatR;
