using System.Text.RegularExpressions;

namespace Academy.Diagnosis.Logs;

/// <summary>
/// How programs of the common languages and servers word their failures. Every pattern runs in linear time, since logs are written by anyone.
/// A group called <c>name</c> captures the thing that is spoken of.
/// </summary>
internal static class LogPatterns
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    /// <summary>In order: the first that fits decides what a line is.</summary>
    public static readonly (Sign Sign, Regex Pattern)[] All =
    [
        (Sign.Forbidden, Of(@"cannot (?:get|list|watch|create|update|patch|delete|deletecollection|impersonate|use|bind|escalate) resource|forbidden: user ""?system:serviceaccount")),
        (Sign.Certificate, Of(@"certificate has expired|certificate is expired|certificate expired|certexpired|not yet valid|cert_has_expired|sslv3 alert certificate expired|certificateexpiredexception|certificate is not valid after|notafter:")),
        (Sign.Authentication, Of(@"password authentication failed for user ""?(?P<name>[\w.@-]+)|access denied for user '?(?P<name>[\w.@%-]+)|login failed for user '?(?P<name>[\w.@-]+)")),
        (Sign.Authentication, Of(@"authentication failed|authentication failure|auth(?:entication)? error|wrongpass|noauth authentication|invalid (?:username|user name|user|login|password|credentials|api key|api token|access key|token)|incorrect (?:username|password)|bad credentials|access_refused|login was refused|sasl authentication|invalidaccesskeyid|signaturedoesnotmatch|invalidclienttokenid|expiredtoken|wrong password|\b401\b.{0,20}unauthorized|unauthorized.{0,20}\b401\b|status(?: code)?[ =:]*401|not authorized to access|scram.{0,40}fail|security token included in the request is (?:invalid|expired)")),
        (Sign.UnknownHost, Of(@"no such host|lookup [^ ]+ on [^ ]+:53|read udp [^ ]+:53|name or service not known|name does not resolve|could not resolve (?:host|name|addr|'[a-z])|couldn't resolve|cannot resolve host|can't resolve|failed to resolve|\benotfound|eai_again|unknownhostexception|unknown host|temporary failure in name resolution|could not translate host name|host not found|bad address|unknown mysql server host|nodename nor servname|nxdomain|no address associated with hostname|failed to lookup address|getaddrinfo failed|name resolution|unresolvable|unable to resolve host|server misbehaving|gaierror")),
        (Sign.WrongProtocol, Of(@"server gave http response to https client|first record does not look like a tls handshake|wrong version number|http request to an https server|plain http request was sent to https|unsupported protocol scheme|invalid url scheme|no scheme supplied|missing protocol scheme|ssl3_get_record|unknown url type|not an ssl/tls record|relative uri without a base|unsupported scheme|missingschema")),
        (Sign.Refused, Of(@"connection refused|econnrefused|connection to [^ ]{1,80} refused|connectexception|refused the connection|errno 111|os error 111|actively refused|could not connect to (?:server|redis)|can't connect to (?:mysql|local)|can't connect to remote host|failed to connect to [^ ]{1,80} port|communications link failure|no brokers available|nobrokersavailable|connection reset by peer|econnreset|no healthy upstream|upstream connect error|\b503\b.{0,30}service unavailable|\b502\b.{0,30}bad gateway|could not be established\. broker may not be available")),
        (Sign.Unreachable, Of(@"i/o timeout|connection timed out|connect timeout|connecttimeout|timed out while connecting|etimedout|connection timeout|no route to host|ehostunreach|enetunreach|network is unreachable|context deadline exceeded|client\.timeout exceeded|deadline_exceeded|serverselectiontimeout|server selection timed out|sockettimeoutexception|operation timed out|connection attempt timed out|read timed out|request timed out|timed out connecting|download timed out|dial tcp [^ ]{1,60} timeout|timeout: .{0,40}connect")),
        (Sign.MissingVariable, Of(@"keyerror: '(?P<name>[a-z_][a-z0-9_]{2,})'")),
        (Sign.MissingVariable, Of(@"(?:environment variable|env var|env variable|envvar|env)s?:? [""'`$\[{]*(?P<name>[a-z_][a-z0-9_]{2,})[""'`}\]]* (?:is |was |has |must |should |)(?:not |un|missing|required|empty|undefined|be set|be defined|not be)")),
        (Sign.MissingVariable, Of(@"(?:missing|required|unset|undefined|no|set the|set)(?: required| mandatory| the)? (?:environment variable|env var|env variable|environment|env|variable|configuration variable|setting|config key|key)s?:?(?: named| called)? ?[""'`$\[{]*(?P<name>[A-Za-z_][A-Za-z0-9_]{2,})")),
        (Sign.MissingVariable, Of(@"[""'`$]*\b(?P<name>[a-z][a-z0-9]*_[a-z0-9_]+|[a-z]{3,}_?[a-z]{0,20})[""'`}]* (?:environment variable |env var |variable )?(?:is|was|must be|has to be|needs to be|should be) (?:not set|unset|required|missing|undefined|not defined|set|defined|empty)\b")),
        (Sign.MissingVariable, Of(@"required key (?P<name>[A-Z_][A-Z0-9_]{2,}) missing value|could not resolve placeholder '(?P<name>[\w.-]+)'|\b(?P<name>[A-Z_][A-Z0-9_]{2,}): (?:unbound variable|parameter not set|parameter null or not set)|environment variable not found: ""?(?P<name>\w+)|secret or variable (?P<name>[A-Z_0-9]{3,}) ")),
        (Sign.UnknownFlag, Of(@"(?:unknown|unrecognized|unrecognised|invalid|illegal|unexpected|undefined|unsupported|bad) (?:command[- ]line )?(?:flag|option|argument|arguments|arg|switch|parameter|command|subcommand)s?(?: found)?[ :=]*(?:-- )?[""'`‘]?(?P<name>-{0,2}[\w.=/-]+)?")),
        (Sign.UnknownFlag, Of(@"flag provided but not defined:? (?P<name>-{1,2}[\w-]+)|no such option:? (?P<name>-{1,2}[\w-]+)|invalid value ""?(?P<name>[^ ""]+)""? for (?:flag|option|argument)|invalid choice: '?(?P<name>[^ ']+)|flag needs an argument|no help topic for|could not parse command|error parsing (?:flags|arguments|command)|unrecognized vm option '?(?P<name>[^ ']+)|unexpected argument '(?P<name>[^']+)'|invalid maximum heap size")),
        (Sign.PortInUse, Of(@"address already in use|eaddrinuse|address in use|port (?P<name>[0-9]{2,5}) (?:is|was) already|port is already allocated|only one usage of each socket address|bindexception|failed to bind to (?:address|port).{0,60}in use")),
        (Sign.ReadOnly, Of(@"(?P<name>/[\w./-]+)?.{0,20}(?:read-only file ?system|erofs)")),
        (Sign.DiskFull, Of(@"no space left on device|enospc|disk quota exceeded|disk full|not enough space on the disk|out of disk space")),
        (Sign.OutOfMemory, Of(@"outofmemoryerror|heap out of memory|\bmemoryerror\b|cuda out of memory|runtime: out of memory|std::bad_alloc|cannot allocate memory|outofmemoryexception|memory exhausted|allocation of [0-9]+ bytes failed|oomkilled|memory limit reached, exiting|allowed memory size of")),
        (Sign.MissingModel, Of(@"is not a valid model identifier|no such model|model ['""]?(?P<name>[\w./:-]+)['""]? (?:not found|does not exist|is not available)|model not found|failed to load model|could not load model|unable to load model|repositorynotfounderror|pull model manifest|model file .{0,80}not found|no versions of servable|no model version|error loading (?:the )?model|nosuchkey|could not find (?:the )?model|checkpoint .{0,80}(?:not found|does not exist)|can't load (?:tokenizer|model|the model)|does not appear to have a file named|no such file or directory: ?['""]?(?P<name>/[\w./-]*(?:model|\.pt|\.pth|\.onnx|\.safetensors|\.gguf|\.bin|\.pkl|\.joblib|\.h5|\.ckpt)[\w./-]*)|open (?P<name>/[\w./-]*(?:model|\.pt|\.onnx|\.safetensors|\.gguf|\.pkl)[\w./-]*): no such file")),
        (Sign.PermissionDenied, Of(@"(?P<name>/[\w./@-]+)['"":,]* .{0,30}permission denied|permission denied.{0,12}['"": ](?P<name>/[\w./@-]+)|eacces[^/]{0,60}(?P<name>/[\w./@-]+)?|permission denied|permissionerror|operation not permitted|accessdeniedexception:? ?(?P<name>/[\w./@-]+)?|unauthorizedaccessexception|mkdir: can(?:not|'t) create directory.{0,4}(?P<name>/[\w./-]+)")),
        (Sign.MissingFile, Of(@"(?:no such file or directory|file ?not ?found|filenotfoundexception|enoent|could not find (?:the )?file|cannot find (?:the )?file|does not exist|can't open file|cannot open file|cannot stat|not found|no such file)[^/]{0,40}['""“‘]?(?P<name>/[\w.@-]+(?:/[\w.@-]+)*)")),
        (Sign.MissingFile, Of(@"(?P<name>/[\w.@-]+(?:/[\w.@-]+)+)['""”’]?[:,)]* ?(?:\([^)]{0,40}\))?:? ?(?:no such file|not found|does not exist|is missing|cannot be found|could not be found)")),
        (Sign.MissingFile, Of(@"no such file or directory|filenotfounderror|enoent|filenotfoundexception|modulenotfounderror|cannot find module")),
        (Sign.BadConfig, Of(@"yaml: line|yaml: unmarshal|error (?:un)?marshal|cannot unmarshal|jsondecodeerror|in json at position|invalid character .{1,12} (?:looking for|after|in)|toml: |toml parse|tomldecodeerror|scannererror|parsererror|composererror|while parsing a|while scanning a|mapping values are not allowed|(?:failed|unable|error|could not|cannot|can't|couldn't)(?: to)?(?: load| read)?(?:,)?(?: and)? ?(?:pars\w+|decod\w+|deserializ\w+) .{0,60}(?:config|conf|settings|file|yaml|yml|json|toml|ini|properties|xml)|(?:invalid|bad|malformed|broken|illegal) (?:config|configuration|yaml|json|toml|ini|xml|settings)|(?:config|configuration)(?: file)? (?:is invalid|error|parse error|syntax|invalid|is not valid)|configparser\.|\[emerg\]|unknown directive|unexpected (?:end of file|""\}""|eof)|syntax error (?:in|at|near)|parse error|error parsing|failed to parse|couldn't parse|parsing error|snakeyaml|unexpected token|invalid syntax in|could not parse")),
        (Sign.Platform, Of(@"exec format error|cannot execute binary file|wrong architecture|bad cpu type|rosetta error")),
        (Sign.HttpNotFound, Of(@"(?:status(?: code)?|http(?:/1\.[01]|/2)?|returned|response|got|error|code|answered)[^0-9a-z]{0,6}(?:error |status |http )?404|404 not found|404 client error|unexpected (?:status|response).{0,24}\b(?:404|405|301|400|426)\b|\b405 method not allowed")),
        (Sign.Crash, Of(@"^panic:|\bpanic: |panicked at|nil pointer|sigsegv|segmentation fault|nullpointerexception|nullreferenceexception|unhandled exception|uncaught|exception in thread|core dumped|fatal error:|stack overflow|index out of (?:range|bounds)|assertion ?(?:error|failed)|traceback \(most recent|goroutine [0-9]+ \[running|^\s*at [\w.$<>]+\(|\b(?:type|value|attribute|index|zero division|name|import|runtime|lookup|recursion|reference|range)error\b|illegalstateexception|illegalargumentexception|^\S*(?:error|exception): |abort trap|terminate called|fatal exception|unhandledpromiserejection|undefined method|divide by zero|assert failed|invalidoperation")),
        (Sign.Error, Of(@"\b(?:fatal|critical|panic|emerg|error|failed|failure|cannot|could not|unable to|exception|abort|aborting)\b|^[EF][0-9]{4} ")),
    ];

    /// <summary>Where a program says it listens.</summary>
    public static readonly Regex Listening = Of(
        @"(?:listen\w*|running|serving|started|accept\w*|bound|binding|bind|up|ready|server|available|exposed)\b[^0-9]{0,50}(?:[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3})?[^0-9]{0,20}?(?:ports?(?:\(s\))?:? ?|:)(?P<port>[0-9]{2,5})\b");

    /// <summary>Host and port in running text.</summary>
    public static readonly Regex Endpoint = Of(
        @"(?P<host>[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)(?::|/[0-9.]{7,15}:|', port=|', port='?|"", port |"" port |' port | port |,)(?P<port>[0-9]{2,5})\b");

    /// <summary>A host named by the words around it.</summary>
    public static readonly Regex NamedHost = Of(
        @"(?:lookup|enotfound|eai_again|unknownhostexception:|unknown host:?|resolve(?: host(?:name)?)?:?|host name|hostname:?|server host|bad address|host not found in upstream|upstream|host:?|host=|on|address for|connecting to|connect to|connection to|reach|//)[ ""'`:(=]*(?P<host>[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)");

    public static readonly Regex Denied = Of(
        @"user ""?system:serviceaccount:(?P<ns>[\w.-]+):(?P<sa>[\w.-]+)""? cannot (?P<verb>\w+) resource ""?(?P<resource>[\w./-]+)""? in api group ""(?P<group>[\w.-]*)""(?: in the namespace ""(?P<in>[\w.-]+)"")?");

    private static Regex Of(string pattern) => new(pattern.Replace("(?P<", "(?<", StringComparison.Ordinal), Linear);
}
