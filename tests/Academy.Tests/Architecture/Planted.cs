using System.Reflection;
using System.Reflection.Emit;
using Mono.Cecil;

namespace Academy.Tests.Architecture;

/// <summary>Makes small assemblies that break a rule, to show that the rule sees it.</summary>
internal static class Planted
{
    /// <summary>An assembly with one type, whose only method calls what it is given.</summary>
    /// <param name="type">Full name; its namespace is where the violation stands.</param>
    public static ModuleDefinition Calling(string assembly, string type, MethodInfo called) => Build(assembly, type, builder =>
    {
        var method = builder.DefineMethod("Break", System.Reflection.MethodAttributes.Public | System.Reflection.MethodAttributes.Static, typeof(void), []);
        var body = method.GetILGenerator();
        body.Emit(OpCodes.Ldnull);
        foreach (var _ in called.GetParameters())
        {
            body.Emit(OpCodes.Ldnull);
        }

        body.Emit(called.IsVirtual ? OpCodes.Callvirt : OpCodes.Call, called);
        body.Emit(OpCodes.Pop);
        body.Emit(OpCodes.Ret);
    });

    /// <summary>An assembly with one abstract type that says it does something, and keeps something in a field.</summary>
    public static ModuleDefinition Implementing(string assembly, string type, Type contract, Type field) => Build(assembly, type, builder =>
    {
        builder.AddInterfaceImplementation(contract);
        builder.DefineField("_kept", field, System.Reflection.FieldAttributes.Private);
    });

    private static ModuleDefinition Build(string assembly, string type, Action<TypeBuilder> fill)
    {
        var builder = new PersistedAssemblyBuilder(new AssemblyName(assembly), typeof(object).Assembly);
        var made = builder.DefineDynamicModule(assembly).DefineType(type, System.Reflection.TypeAttributes.Public | System.Reflection.TypeAttributes.Abstract);
        fill(made);
        made.CreateType();
        var stream = new MemoryStream();
        builder.Save(stream);
        stream.Position = 0;
        return ModuleDefinition.ReadModule(stream);
    }
}
