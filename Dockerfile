# The steps of ./academy run: restore as locked, publish src/Academy.Host in Release, start Academy.Host.dll.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
# What packages depend on comes first, so that a change of code does not fetch them again.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/Academy.Domain/Academy.Domain.csproj src/Academy.Domain/packages.lock.json src/Academy.Domain/
COPY src/Academy.Diagnosis/Academy.Diagnosis.csproj src/Academy.Diagnosis/packages.lock.json src/Academy.Diagnosis/
COPY src/Academy.Clusters/Academy.Clusters.csproj src/Academy.Clusters/packages.lock.json src/Academy.Clusters/
COPY src/Academy.Curriculum/Academy.Curriculum.csproj src/Academy.Curriculum/packages.lock.json src/Academy.Curriculum/
COPY src/Academy.Features/Academy.Features.csproj src/Academy.Features/packages.lock.json src/Academy.Features/
COPY src/Academy.Agent/Academy.Agent.csproj src/Academy.Agent/packages.lock.json src/Academy.Agent/
COPY src/Academy.Host/Academy.Host.csproj src/Academy.Host/packages.lock.json src/Academy.Host/
RUN dotnet restore src/Academy.Host --locked-mode
COPY src src
RUN dotnet publish src/Academy.Host -c Release -o /published --nologo --no-restore

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /published ./
COPY curriculum curriculum
COPY prompts prompts
# Nothing is written but below /tmp, so the root file system may be read-only; no diagnostics socket either.
ENV ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_EnableDiagnostics=0
# The number of the image's own unprivileged user: Kubernetes checks runAsNonRoot by number.
USER 1654:1654
EXPOSE 8080
STOPSIGNAL SIGTERM
# The image has no curl.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=2s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["dotnet", "Academy.Host.dll"]
