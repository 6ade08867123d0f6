"""Spectra of blood samples: every night from the hospitals' delivery to features, and from new features to a training run."""

import json
from datetime import datetime, timedelta

from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor
from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.providers.cncf.kubernetes.secret import Secret
from airflow.sdk import DAG, Asset, task
from kubernetes.client import models as k8s

FEATURES = Asset("s3://oriel-lake/spectra/features")
IMAGE = "registry.oriel.example/spectra:1.8.2"
LAKE_KEYS = Secret("env", None, "spectra-lake")
SMALL = k8s.V1ResourceRequirements(requests={"cpu": "250m", "memory": "256Mi"}, limits={"memory": "512Mi"})

with DAG(
    dag_id="spectra_nightly",
    schedule="0 2 * * *",
    start_date=datetime(2026, 11, 1),
    # A night that was missed is made up for, one after the other: each run works on its own partition.
    catchup=True,
    max_active_runs=1,
    default_args={
        "retries": 3,
        "retry_delay": timedelta(minutes=5),
        "retry_exponential_backoff": True,
        "execution_timeout": timedelta(hours=1),
    },
    tags=["spectra", "gxp"],
):
    delivered = S3KeySensor(
        task_id="wait_for_delivery",
        bucket_key="s3://oriel-inbox/{{ ds }}/DONE",
        deferrable=True,
        poke_interval=300,
        timeout=14400,
        execution_timeout=timedelta(hours=5),
    )
    extract = KubernetesPodOperator(
        task_id="extract",
        namespace="spectra",
        image=IMAGE,
        cmds=["sh", "/code/extract.sh"],
        arguments=["{{ ds }}", "/lake"],
        service_account_name="spectra-task",
        secrets=[LAKE_KEYS],
        container_resources=SMALL,
        pool="spectra",
        deferrable=True,
        on_finish_action="delete_succeeded_pod",
    )
    # The gate: retrying does not make bad data good.
    check = KubernetesPodOperator(
        task_id="check",
        namespace="spectra",
        image=IMAGE,
        cmds=["sh", "/code/check.sh"],
        arguments=["{{ ds }}", "/lake"],
        service_account_name="spectra-task",
        secrets=[LAKE_KEYS],
        container_resources=SMALL,
        pool="spectra",
        deferrable=True,
        on_finish_action="delete_succeeded_pod",
        retries=0,
    )
    features = KubernetesPodOperator(
        task_id="features",
        namespace="spectra",
        image=IMAGE,
        cmds=["sh", "/code/features.sh"],
        arguments=["{{ ds }}", "/lake"],
        service_account_name="spectra-task",
        secrets=[LAKE_KEYS],
        container_resources=SMALL,
        pool="spectra",
        deferrable=True,
        on_finish_action="delete_succeeded_pod",
        outlets=[FEATURES],
    )
    delivered >> extract >> check >> features

with DAG(
    dag_id="spectra_training",
    schedule=[FEATURES],
    start_date=datetime(2026, 11, 1),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=10), "retry_exponential_backoff": True, "execution_timeout": timedelta(minutes=15)},
    tags=["spectra", "gxp"],
):

    @task
    def start_training(triggering_asset_events=None) -> str:
        import kfp

        partition = triggering_asset_events[FEATURES][-1].source_dag_run.logical_date.date().isoformat()
        client = kfp.Client(namespace="spectra")
        # A retry finds the run of the first attempt instead of training a second time.
        run_name = f"train-{partition}"
        named = json.dumps({"predicates": [{"operation": "EQUALS", "key": "display_name", "stringValue": run_name}]})
        runs = client.list_runs(namespace="spectra", filter=named).runs or []
        if runs:
            return runs[0].run_id
        return client.create_run_from_pipeline_package(
            "/opt/airflow/dags/training.yaml", run_name=run_name, arguments={"partition": partition}, namespace="spectra"
        ).run_id

    @task.sensor(poke_interval=120, timeout=21600, mode="reschedule")
    def wait_for_training(run_id: str) -> bool:
        import kfp

        from airflow.exceptions import AirflowFailException

        state = kfp.Client(namespace="spectra").get_run(run_id).state
        if state in ("FAILED", "CANCELED"):
            raise AirflowFailException(f"run {run_id} ended with {state}")
        return state == "SUCCEEDED"

    wait_for_training(start_training())
