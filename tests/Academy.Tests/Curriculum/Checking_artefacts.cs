using Academy.Curriculum;
using CsCheck;
using Shouldly;
using Xunit;
using static Academy.Tests.Curriculum.One_check;

namespace Academy.Tests.Curriculum;

public sealed class Checking_artefacts
{
    public static TheoryData<string> Types => [.. ArtefactTypes.All];

    [Theory]
    [InlineData("terraform-plan", "assert: {resource_changes: [{type: aws_kms_key, change: {after: {enable_key_rotation: true}}}]}")]
    [InlineData("terraform-plan", "assert: {~.resource_changes: {change: {actions: [create]}}}")]
    [InlineData("terraform-plan", "absent: {resource_changes: [{type: aws_iam_user}]}")]
    [InlineData("terraform-plan", "assert: {\"buckets (resource_changes[?type=='aws_s3_bucket'])\": [{change: {after: {tags: {team: ml}}}}]}")]
    [InlineData("terraform-state", "assert: {values: {root_module: {resources: (length(@) == `0`)}}}")]
    [InlineData("json", "contains: '\"aws_kms_key\"'")]
    [InlineData("yaml", "assert: [{hosts: gpu}]")]
    [InlineData("manifests", "assert: {apiVersion: apps/v1, kind: Deployment, metadata: {name: api}, spec: {replicas: 3, template: {spec: {containers: [{name: api, resources: {limits: {memory: 1024Mi}}}]}}}}")]
    [InlineData("manifests", "exactly: 2\nassert: {kind: Service}")]
    [InlineData("manifests", "absent: {kind: Deployment, spec: {template: {spec: {containers: [{image: \"(ends_with(@, ':latest'))\"}]}}}}")]
    [InlineData("manifests", "mustNotContain: ':latest'")]
    [InlineData("cloudformation", "assert: {Resources: {Bucket: {Properties: {BucketName: {'Fn::Sub': \"(contains(@, 'StackName'))\"}}}, Policy: {Properties: {Bucket: {Ref: Bucket}}}}}")]
    [InlineData("cloudformation", "assert: {Resources: {Policy: {Properties: {PolicyDocument: {Statement: [{Resource: {'Fn::GetAtt': [Bucket, Arn]}, Action: {'Fn::If': [Strict]}}]}}}}}")]
    [InlineData("ansible-playbook", "assert: [{hosts: gpu, become: true, tasks: [{ansible.builtin.apt: {state: present}, notify: Reboot}], handlers: [{name: Reboot}]}]")]
    [InlineData("ansible-playbook", "assert: {\"~.(@)\": {vars: {token: {__ansible_vault: \"(starts_with(@, '$ANSIBLE_VAULT'))\"}}}}")]
    [InlineData("jenkinsfile", "assert: {agent: \"(starts_with(@, 'kubernetes { yaml'))\", environment: {IMAGE: registry.example/api, TOKEN: credentials('registry-token')}}")]
    [InlineData("jenkinsfile", "assert: {options: {timeout: \"time: 30, unit: 'MINUTES'\", disableConcurrentBuilds: ''}, triggers: {cron: H 4 * * *}, parameters: {ENV: \"(contains(@, 'staging'))\"}}")]
    [InlineData("jenkinsfile", "assert: {stages: [{name: Build, steps: [\"withCredentials([string(credentialsId: 't', variable: 'T')])\", \"(contains(@, 'docker login'))\"]}]}")]
    [InlineData("jenkinsfile", "assert: {stages: [{name: Checks, parallel: [{name: Unit, agent: any}, {name: Scan, steps: [sh 'trivy image api']}]}]}")]
    [InlineData("jenkinsfile", "assert: {stages: [{name: Deploy, when: branch 'main', input: \"(contains(@, 'production'))\", steps: [sh 'helm upgrade api ./chart'], post: {failure: [sh 'helm rollback api']}}]}")]
    [InlineData("jenkinsfile", "assert: {post: {always: [\"junit '**/*.xml'\"], failure: [\"(starts_with(@, 'mail to'))\"]}}")]
    [InlineData("jenkinsfile", "contains: helm\\s+rollback")]
    [InlineData("jenkinsfile", "mustNotContain: rm -rf")]
    [InlineData("airflow-dag", "assert: {dags: [{id: train_daily, schedule: 0 3 * * *, catchup: false, max_active_runs: 1, tags: [ml], default_args: {retries: 3, retry_delay: timedelta(minutes=5)}, start_date: \"(starts_with(@, 'datetime(2026'))\"}]}")]
    [InlineData("airflow-dag", "assert: {dags: [{id: features, schedule: null, catchup: true}], \"dags (length(dags))\": 2, \"tasks (length(tasks))\": 7}")]
    [InlineData("airflow-dag", "assert: {tasks: [{id: train, operator: KubernetesPodOperator, args: {container_resources: {limits: {nvidia.com/gpu: 1}}, execution_timeout: timedelta(hours=-2 + 5), image: \"(starts_with(@, 'f'))\"}}]}")]
    [InlineData("airflow-dag", "assert: {tasks: [{id: validate, args: {image: 'val:1'}}, {id: load, operator: '@task', args: {retries: 4}}, {id: build_features, operator: '@task.kubernetes', args: {queue: big}}]}")]
    [InlineData("airflow-dag", "assert: {\"edges (edges[*].join('>', @))\": [extract>train, train>validate, train>report, validate>publish, extract>report, load>build_features], \"edges (length(edges))\": 6}")]
    [InlineData("airflow-dag", "assert: {imports: [airflow.sdk.dag, pendulum, airflow.providers.cncf.kubernetes.operators.pod.OnFinishAction]}")]
    [InlineData("airflow-dag", "absent: {tasks: [{id: not_a_task}]}")]
    [InlineData("airflow-dag", "mustNotContain: a comment")]
    [InlineData("pipeline", "assert: {root: {dag: {tasks: {train: {cachingOptions: {enableCache: true}}}}}, platforms: {kubernetes: {deploymentSpec: {}}}}")]
    [InlineData("notebook", "assert: {nbformat: 4, code: \"(contains(@, 'import kfp') && !contains(@, 'SDK') && !contains(@, 'pip') && !contains(@, '0.1') && contains(@, 'a # b'))\", text: \"(contains(@, 'Drift'))\"}")]
    [InlineData("notebook", "contains: ^threshold = 0\\.2$")]
    [InlineData("text", "assert: {headings: [Risks, Plan], words: (@ >= `9`), sections: {Risks: \"(contains(@, 'cost') && contains(@, 'detail') && !contains(@, 'First'))\"}}")]
    [InlineData("text", "absent: {headings: [not a heading]}")]
    public void sees(string type, string yaml)
    {
        var result = OfArtefact(type, yaml).AgainstFile(Artefact_samples.All[type]);
        result.Passed.ShouldBeTrue(result.Observed);
    }

    [Theory]
    [InlineData("terraform-plan", "assert: {resource_changes: [{type: aws_kms_key, change: {after: {deletion_window_in_days: 7}}}]}", "work.txt: resource_changes[aws_kms_key.models].change.after.deletion_window_in_days is 30, expected 7")]
    [InlineData("terraform-plan", "assert: {resource_changes: [{type: aws_vpc}]}", "work.txt: resource_changes has no aws_vpc; there are: aws_kms_key, aws_s3_bucket")]
    [InlineData("terraform-plan", "absent: {resource_changes: [{type: aws_kms_key}]}", "work.txt: holds resource_changes with type \"aws_kms_key\", which should not be there")]
    [InlineData("manifests", "assert: {kind: Deployment, metadata: {name: web}}", "no Deployment named web in work.txt; there are: api")]
    [InlineData("manifests", "atMost: 1\nassert: {kind: Service}", "2 Services are like this, at most 1 should be: Service api, Service web")]
    [InlineData("manifests", "absent: {kind: Service, metadata: {name: web}}", "Service web: should not be there like this")]
    [InlineData("jenkinsfile", "contains: docker push", "work.txt has no such line")]
    [InlineData("jenkinsfile", "mustNotContain: docker build", "work.txt says \"sh \"docker build -t ${IMAGE}:${version} .\"\"")]
    [InlineData("ansible-playbook", "assert: [{hosts: web}]", "work.txt: [Prepare GPU nodes].hosts is \"gpu\", expected \"web\"")]
    [InlineData("airflow-dag", "assert: {tasks: [{id: train, args: {retries: 2}}]}", "work.txt: tasks[train].args.retries is not set, expected 2")]
    public void says(string type, string yaml, string observed)
    {
        var result = OfArtefact(type, yaml).AgainstFile(Artefact_samples.All[type]);
        (result.Passed, result.Outcome).ShouldBe((false, CheckOutcome.Failed));
        result.Observed.ShouldBe(observed);
    }

    [Theory]
    [InlineData("json", "{\"a\": 1,\n \"a\": 2}", "not valid JSON")]
    [InlineData("json", "{\"a\": 1,\n  oops}", "work.txt, line 2, column 3: not valid JSON")]
    [InlineData("yaml", "a: 1\n  b: 2", "work.txt, line 2, column")]
    [InlineData("yaml", "a: 1\na: 2", "work.txt, line 2, column 1: 'a' is given twice")]
    [InlineData("yaml", "a: &x [1]\nb: *x", "work.txt, line 2, column 4: aliases (*) are not accepted")]
    [InlineData("yaml", "a: !!python/object:os.system x", "the tag tag:yaml.org,2002:python/object:os.system is not known here")]
    [InlineData("yaml", "   \n", "work.txt, the file is empty")]
    [InlineData("terraform-plan", "{\"format_version\": \"1.2\"}", "this is not a plan as JSON")]
    [InlineData("terraform-state", "{\"version\": 4, \"resources\": []}", "write it with: terraform show -json")]
    [InlineData("manifests", "kind: A\napiVersion: v1\n---\nkind: A\n", "work.txt, line 4, column 1: this document is no Kubernetes object")]
    [InlineData("cloudformation", "Parameters: {}", "a template is one document with Resources")]
    [InlineData("ansible-playbook", "hosts: all", "a playbook is one list of plays")]
    [InlineData("pipeline", "kind: Pipeline", "this is not a compiled pipeline")]
    [InlineData("notebook", "{}", "this is not a notebook")]
    [InlineData("jenkinsfile", "node { sh 'x' }", "there is no declarative pipeline { }")]
    [InlineData("jenkinsfile", "pipeline {\n  agent any", "work.txt, line 1, column 10: a { is not closed")]
    [InlineData("jenkinsfile", "pipeline {\n  agent 'any\n}", "work.txt, line 2, column 9: a text is not closed")]
    [InlineData("jenkinsfile", "pipeline {\n  sh (1\n}", "a } closes nothing")]
    [InlineData("jenkinsfile", "pipeline { agent any }", "the pipeline has no stages")]
    [InlineData("airflow-dag", "x = (1,\n", "work.txt, line 1, column 5: a ( is not closed")]
    [InlineData("airflow-dag", "x = 'a\n", "work.txt, line 1, column 5: a text is not closed")]
    [InlineData("airflow-dag", "print('hello')", "there is no DAG in this file")]
    [InlineData("text", "a\0b", "work.txt, line 1, column 2: this is not a text in UTF-8")]
    public void says_where_a_file_is_wrong(string type, string content, string observed) =>
        OfArtefact(type, "mustNotContain: xyz").AgainstFile(content).ShouldSatisfyAllConditions(
            r => r.Outcome.ShouldBe(CheckOutcome.Failed), r => r.Observed.ShouldContain(observed));

    [Fact]
    public void asks_for_what_was_not_handed_in() =>
        OfArtefact("terraform-plan", "assert: {resource_changes: []}").AgainstFile(null).Observed.ShouldBe("upload The work (work.txt) first");

    [Fact]
    public void gives_points_for_the_part_that_holds() =>
        OfArtefact("terraform-plan", "assert: {format_version: '1.2', terraform_version: '1.0.0'}").AgainstFile(Artefact_samples.Plan)
            .ShouldSatisfyAllConditions(r => r.Points.ShouldBe(2), r => r.Observed.ShouldContain("terraform_version is \"1.11.0\""));

    [Fact]
    public void refuses_what_is_no_text_or_too_large()
    {
        var check = OfArtefact("text", "contains: a");
        check.AgainstBytes([0x61, 0x0a, 0xff, 0xfe]).Observed.ShouldContain("line 2, column 1: this is not a text in UTF-8");
        check.AgainstBytes([0x50, 0x4b, 0x03, 0x04, 0x00, 0x00]).Observed.ShouldContain("this is not a text in UTF-8");
        check.AgainstBytes(new byte[64 * 1024 + 1]).Observed.ShouldContain("larger than 64 KiB");
        check.AgainstBytes([0xef, 0xbb, 0xbf, 0x61]).Passed.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Types))]
    public void survives_any_change_of_a_file(string type)
    {
        var (sample, check) = (Artefact_samples.All[type], OfArtefact(type, type == "manifests" ? "assert: {kind: Deployment}" : "assert: {a: 1}"));
        string[] pieces = ["{", "}", "[", "]", "(", ")", "'", "\"", "'''", "\"\"\"", "${", "\\", "/", "/*", "//", "#", "\n", "  ", "\t", "&a ", "*a", "!x ", "---\n", ": ", "- ", ">>", "=", ",", "@", "f'{", "lambda x: ", "\u0000", "é", "null", "1e999", "stage('x') {", "with DAG() as d:\n"];
        Gen.Select(Gen.Int[0, sample.Length], Gen.Int[0, 40], Gen.Int[0, pieces.Length - 1].Array[0, 8]).Sample(
            (at, cut, which) =>
            {
                var changed = sample[..at] + string.Concat(which.Select(w => pieces[w])) + sample[Math.Min(sample.Length, at + cut)..];
                check.AgainstFile(changed).Observed.Length.ShouldBeGreaterThan(5);
            },
            iter: 400);
    }

    [Theory]
    [InlineData("json", "[", "]", 30_000)]
    [InlineData("yaml", "[", "]", 30_000)]
    [InlineData("yaml", "- ", "", 30_000)]
    [InlineData("yaml", "? ", "", 30_000)]
    [InlineData("yaml", "a:\n", "", 20_000)]
    [InlineData("cloudformation", "!Ref ", "", 12_000)]
    [InlineData("jenkinsfile", "a{", "}", 30_000)]
    [InlineData("jenkinsfile", "a,\n\n", "", 16_000)]
    [InlineData("jenkinsfile", "\"${", "}\"", 13_000)]
    [InlineData("jenkinsfile", "/", "", 60_000)]
    [InlineData("airflow-dag", "(", ")", 30_000)]
    [InlineData("airflow-dag", "a.", "b", 30_000)]
    [InlineData("airflow-dag", "a>>", "b", 20_000)]
    [InlineData("airflow-dag", "f'{", "}'", 13_000)]
    [InlineData("airflow-dag", "a=[a,a,a,a]\n", "", 5_000)]
    [InlineData("airflow-dag", "a=AOperator()\na>>a\n", "", 3_000)]
    [InlineData("text", "# a\n", "", 16_000)]
    [InlineData("notebook", "{\"cells\":[", "]}", 5_000)]
    public void takes_bounded_time_for_what_is_made_to_take_long(string type, string open, string close, int times)
    {
        var content = string.Concat(Enumerable.Repeat(open, times)) + string.Concat(Enumerable.Repeat(close, times));
        var check = OfArtefact(type, "contains: never-there");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        check.AgainstFile(content[..Math.Min(content.Length, 65_000)]).Passed.ShouldBeFalse();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }
}
