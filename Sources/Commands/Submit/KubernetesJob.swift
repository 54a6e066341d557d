/// An Indexed Job that OpenShift's restricted-v2 admits, and the Containerfile of its image.
///
/// Source: Kubernetes documentation, Jobs, pod failure policy and backoff limit per index; OpenShift 4.15
/// documentation, security context constraints; read 2026-11.
struct KubernetesJob {
  let job: SweepJob
  let claim: String
  let version: KubernetesVersion

  var files: [SweepJob.File] {
    [
      .init(
        name: "job.yaml", text: manifest,
        use:
          "oc apply -f, or kubectl; for Kubernetes \(version.range), and needs the claim '\(claim)'"
      ),
      .init(
        name: "Containerfile", text: containerfile,
        use:
          "podman build --platform linux/amd64,linux/arm64 --manifest IMAGE, in gantry's checkout"),
    ]
  }

  /// Exit codes that a second attempt does not change: usage, bad input, no result, a bug.
  private static let finalCodes = [64, 65, 69, 70]
  /// How often a part is tried again.
  private static let retries = 3

  private var manifest: String {
    let arguments = job.arguments(store: "/scratch/store.sqlite", results: "/results")
    return """
      # A part that is interrupted (75) or loses its node is started again and goes on; one whose input is
      # wrong is not. Then: gantry merge RESULTS/*.sqlite --into STORE
      apiVersion: batch/v1
      kind: Job
      metadata:
        name: \(job.name)
        labels: {app.kubernetes.io/name: gantry}
      spec:
        completionMode: Indexed
        completions: \(job.shards)
        parallelism: \(job.parallel)
      \(retryRules)
        template:
          metadata:
            labels: {app.kubernetes.io/name: gantry}
          spec:
            restartPolicy: Never
            terminationGracePeriodSeconds: 100
            automountServiceAccountToken: false
            securityContext:
              runAsNonRoot: true
              seccompProfile: {type: RuntimeDefault}
            containers:
            - name: sweep
              image: \(SweepJob.quoted(job.image))
              args: \(SweepJob.list(arguments))
              env:
              - {name: GANTRY_SHARDS, value: "\(job.shards)"}
              - name: GANTRY_ATTEMPT
                valueFrom: {fieldRef: {fieldPath: metadata.name}}
              - {name: HOME, value: /scratch}
              resources:
                requests: {cpu: "\(job.cpus)", memory: \(job.memoryMiB)Mi}
                limits: {memory: \(job.memoryMiB)Mi}
              securityContext:
                allowPrivilegeEscalation: false
                readOnlyRootFilesystem: true
                capabilities: {drop: [ALL]}
              volumeMounts:
              - {name: scratch, mountPath: /scratch}
              - {name: results, mountPath: /results}
            volumes:
            - name: scratch
              emptyDir: {}
            - name: results
              persistentVolumeClaim: {claimName: \(SweepJob.quoted(claim))}

      """
  }

  /// What is tried again how often: a lost node costs no attempt, a wrong input gets no second one.
  private var retryRules: String {
    version.hasBackoffPerIndex
      ? """
        backoffLimitPerIndex: \(Self.retries)
        maxFailedIndexes: \(job.shards)
        podReplacementPolicy: Failed
        podFailurePolicy:
          rules:
          - action: Ignore
            onPodConditions:
            - {type: DisruptionTarget, status: "True"}
          - action: FailIndex
            onExitCodes:
              containerName: sweep
              operator: In
              values: \(Self.finalCodes)
      """
      : """
        backoffLimit: \(Self.retries * job.shards)
        podFailurePolicy:
          rules:
          - action: Ignore
            onPodConditions:
            - {type: DisruptionTarget, status: "True"}
          - action: FailJob
            onPodConditions: [] # which these versions' schema asks for
            onExitCodes:
              containerName: sweep
              operator: In
              values: \(Self.finalCodes)
      """
  }

  /// The inputs come along as they lie in the folder of the build.
  private var copies: String {
    job.inputs.folders.map { folder in
      folder == "."
        ? "COPY . /srv/" : "COPY \(SweepJob.list([folder, "/srv/" + folder]))"
    }.joined(separator: "\n")
  }

  /// The program and its catalogue on a small base, for both architectures, with the sweep's inputs.
  private var containerfile: String {
    """
    FROM docker.io/library/swift:6.2-bookworm AS build
    RUN apt-get update && apt-get install -y --no-install-recommends libsqlite3-dev
    COPY Package.swift /source/
    COPY Sources /source/Sources
    COPY Tests /source/Tests
    WORKDIR /source
    RUN swift build -c release --static-swift-stdlib --product gantry \\
      && mkdir /program \\
      && cp -r .build/release/gantry .build/release/*.resources /program/

    FROM docker.io/library/debian:bookworm-slim
    RUN apt-get update && apt-get install -y --no-install-recommends libsqlite3-0 \\
      && rm -rf /var/lib/apt/lists/*
    COPY --from=build /program /opt/gantry
    COPY LICENSE NOTICE /opt/gantry/
    \(copies)
    WORKDIR /srv
    # Any user will do: OpenShift gives each namespace its own.
    USER 1001
    ENTRYPOINT ["/opt/gantry/gantry"]

    """
  }
}
