#!/bin/bash
# platform.sh STATE CLUSTER: the class of disks that the cloud of this cluster offers, and two disks of it, as its storage driver would make them.
set -euo pipefail
if [ "$2" = aws ]; then class=gp3 driver=ebs.csi.aws.com; else class=premium-rwo driver=pd.csi.storage.gke.io; fi
kubectl delete persistentvolume letters-disk-1 letters-disk-2 --ignore-not-found >/dev/null
kubectl apply -f - >/dev/null <<CLASS
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: $class
provisioner: $driver
volumeBindingMode: WaitForFirstConsumer
CLASS
for n in 1 2; do
  kubectl apply -f - >/dev/null <<DISK
apiVersion: v1
kind: PersistentVolume
metadata:
  name: letters-disk-$n
spec:
  capacity:
    storage: 1Gi
  accessModes: ["ReadWriteOnce"]
  storageClassName: $class
  hostPath:
    path: /var/tmp/academy-letters/disk-$n
DISK
done
