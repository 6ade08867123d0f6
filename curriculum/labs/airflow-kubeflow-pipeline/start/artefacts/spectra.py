# Works on my machine, every hour.
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

LAKE = "s3://spectra:lab-only-password@lake.oriel.example"


def extract():
    from spectra import fetch
    fetch(LAKE, day=datetime.now())


def train():
    from spectra import train_everything
    train_everything(LAKE)


with DAG("spectra", schedule_interval="@hourly", start_date=datetime.now(), catchup=True) as dag:
    extract_task = PythonOperator(task_id="extract", python_callable=extract)
    train_task = PythonOperator(task_id="train", python_callable=train)
    extract_task >> train_task
