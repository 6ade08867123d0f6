namespace Academy.Tests.Curriculum;

/// <summary>One artefact of each type, as a student would hand it in.</summary>
internal static class Artefact_samples
{
    public const string Plan = """
        {"format_version": "1.2", "terraform_version": "1.11.0",
         "planned_values": {"root_module": {}},
         "resource_changes": [
           {"address": "aws_s3_bucket.models", "type": "aws_s3_bucket", "name": "models", "change": {"actions": ["create"], "after": {"bucket": "models", "tags": {"team": "ml"}}}},
           {"address": "aws_kms_key.models", "type": "aws_kms_key", "name": "models", "change": {"actions": ["create"], "after": {"enable_key_rotation": true, "deletion_window_in_days": 30}}}]}
        """;

    public const string Manifests = """
        ---
        # Source: api/templates/deployment.yaml
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api, labels: {app: api}}
        spec:
          replicas: 3
          template: {spec: {containers: [{name: api, image: "api:1.4.2", resources: {limits: {memory: 1Gi}}}]}}
        ---
        ---
        apiVersion: v1
        kind: List
        items:
          - {apiVersion: v1, kind: Service, metadata: {name: api}, spec: {ports: [{port: 80}]}}
          - {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80}]}}
        """;

    public const string Template = """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketName: !Sub "${AWS::StackName}-models"
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument: {Statement: [{Resource: !GetAtt Bucket.Arn, Action: !If [Strict, "s3:Get*", "s3:*"]}]}
        """;

    public const string Playbook = """
        - name: Prepare GPU nodes
          hosts: gpu
          become: true
          vars:
            token: !vault |
              $ANSIBLE_VAULT;1.1;AES256
              6162
          tasks:
            - name: Install the driver
              ansible.builtin.apt: {name: nvidia-driver-570, state: present}
              notify: Reboot
          handlers:
            - name: Reboot
              ansible.builtin.reboot:
        """;

    public const string Jenkinsfile = """
        #!/usr/bin/env groovy
        @Library('shared@v3') _
        // sh 'rm -rf /' is only a comment
        def version = "1.${env.BUILD_NUMBER ?: "0"}"
        pipeline {
          agent { kubernetes { yaml '''
            kind: Pod   // not a comment
          ''' } }
          environment { IMAGE = 'registry.example/api'; TOKEN = credentials('registry-token') }
          options { timeout(time: 30, unit: 'MINUTES'); disableConcurrentBuilds() }
          parameters { string(name: 'ENV', defaultValue: 'staging') }
          triggers { cron('H 4 * * *') }
          stages {
            stage('Build') {
              steps {
                sh "docker build -t ${IMAGE}:${version} ."
                withCredentials([string(credentialsId: 't', variable: 'T')]) {
                  sh '''
                    echo "$T" | docker login --password-stdin
                  '''
                }
              }
            }
            stage('Checks') {
              parallel {
                stage('Unit') { agent any; steps { sh 'make test' } }
                stage('Scan') { steps { sh 'trivy image api' /* the image */ } }
              }
            }
            stage('Deploy') {
              when { branch 'main' }
              input { message 'Deploy to production?' }
              steps {
                script {
                  if (params.ENV == 'prod') { sh 'helm upgrade api ./chart' } else { echo "no" }
                }
              }
              post { failure { sh 'helm rollback api' } }
            }
          }
          post {
            always { junit '**/*.xml' }
            failure { mail to: 'team@example.org', subject: "failed: ${env.JOB_NAME}" }
          }
        }
        """;

    public const string Dag = """"
        """Daily training."""
        from datetime import datetime, timedelta
        import pendulum as p
        from airflow.sdk import dag, task, DAG
        from airflow.providers.cncf.kubernetes.operators.pod import (
            KubernetesPodOperator,
            OnFinishAction as Finish,
        )

        default_args = {"owner": "ml", "retries": 3, "retry_delay": timedelta(minutes=5)}

        def helper(rows):
            KubernetesPodOperator(task_id="not_a_task")
            return [r for r in rows if r]

        with DAG(
            dag_id="train_daily",
            schedule="0 3 * * *",
            start_date=datetime(2026, 1, 1),
            catchup=False,
            max_active_runs=1,
            default_args=default_args,
            tags=["ml", "daily"],
        ) as d:
            extract = KubernetesPodOperator(task_id="extract", image="etl:1.2", arguments=["--day", "{{ ds }}"], retries=2)  # a comment with task_id="x"
            train = KubernetesPodOperator(
                task_id="train",
                image=f"train:{d.params['version']}",
                container_resources={"limits": {"nvidia.com/gpu": 1}},
                execution_timeout=timedelta(hours=-2 + 5),
            )
            validate, publish = None, None
            validate = KubernetesPodOperator(task_id="validate", image="val" ":1")
            report = EmptyOperator(task_id="report")
            extract >> train >> Label("metrics") >> [validate, report]
            chain(validate, EmptyOperator(task_id="publish", trigger_rule="all_success"))
            report.set_upstream(extract)

        @dag(schedule=None, start_date=datetime(2026, 1, 1), catchup=True)
        def features():
            @task(retries=4)
            def load() -> dict:
                return {"a": 1}

            @task.kubernetes(image="f:1", task_id="build_features")
            def build(data):
                x = BashOperator(task_id="inner")

            data = load()
            build.override(queue="big")(data["rows"])

        features()
        """";

    public const string Pipeline = """
        # PIPELINE DEFINITION
        pipelineInfo: {name: churn}
        root: {dag: {tasks: {train: {cachingOptions: {enableCache: true}}}}}
        deploymentSpec: {executors: {exec-train: {container: {image: "python:3.12"}}}}
        schemaVersion: 2.1.0
        ---
        platforms: {kubernetes: {deploymentSpec: {}}}
        """;

    public const string Notebook = """
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {},
         "cells": [
           {"cell_type": "markdown", "source": ["# Drift\n", "What we saw."]},
           {"cell_type": "code", "source": ["%matplotlib inline\n", "!pip install x\n", "import kfp  # the SDK\n", "# threshold = 0.1\n", "s = 'a # b'"], "outputs": []},
           {"cell_type": "code", "source": "threshold = 0.2", "outputs": []}]}
        """;

    public const string Text = "# Design\n\nWe keep it small.\n\n## Risks\n\n- cost\n\n### More\n\ndetail\n\n```bash\n# not a heading\n```\n\n## Plan\n\nFirst this.\n";

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["json"] = Plan,
        ["yaml"] = Playbook.Replace("!vault ", "", StringComparison.Ordinal),
        ["terraform-plan"] = Plan,
        ["terraform-state"] = """{"format_version": "1.0", "values": {"root_module": {"resources": []}}}""",
        ["manifests"] = Manifests,
        ["cloudformation"] = Template,
        ["ansible-playbook"] = Playbook,
        ["jenkinsfile"] = Jenkinsfile,
        ["airflow-dag"] = Dag,
        ["pipeline"] = Pipeline,
        ["notebook"] = Notebook,
        ["text"] = Text,
    };
}
