extension BuiltInTasks {
  /// Where OpenShift Pipelines keeps its own tasks; references reach them with the cluster resolver.
  public static let openShiftNamespace = "openshift-pipelines"

  /// The tasks that OpenShift Pipelines brings along.
  ///
  /// They bear the names of catalogue tasks, but
  /// their parameters, workspaces and results are spelt otherwise (`URL` for `url`). Source:
  /// openshift-pipelines/tektoncd-catalog, task-maven and task-containers on GitHub, the versions
  /// named with each task, read 2026-11-25.
  static let openShiftSources: [Source] = [
    openShiftGitClone, openShiftGitCLI, openShiftMaven, openShiftBuildah, openShiftSkopeoCopy,
  ]

  /// Facts from git-clone 0.4.1.
  static let openShiftGitClone = Source(
    name: "openshift-pipelines/git-clone",
    text: #"""
      apiVersion: tekton.dev/v1
      kind: Task
      metadata:
        name: git-clone
        annotations: {tekton.dev/platforms: "linux/amd64,linux/s390x,linux/ppc64le,linux/arm64"}
      spec:
        description: Puts a revision of a Git repository into the output workspace.
        params:
        - {name: URL, type: string}
        - {name: REVISION, default: main}
        - {name: REFSPEC, default: ""}
        - {name: SUBMODULES, default: "true"}
        - {name: DEPTH, default: "1"}
        - {name: SSL_VERIFY, default: "true"}
        - {name: CRT_FILENAME, default: ca-bundle.crt}
        - {name: SUBDIRECTORY, default: ""}
        - {name: SPARSE_CHECKOUT_DIRECTORIES, default: ""}
        - {name: DELETE_EXISTING, default: "true"}
        - {name: HTTP_PROXY, default: ""}
        - {name: HTTPS_PROXY, default: ""}
        - {name: NO_PROXY, default: ""}
        - {name: VERBOSE, default: "false"}
        - {name: USER_HOME, default: /home/git}
        workspaces:
        - {name: output}
        - {name: ssh-directory, optional: true}
        - {name: basic-auth, optional: true}
        - {name: ssl-ca-directory, optional: true}
        results:
        - {name: COMMIT}
        - {name: URL}
        - {name: COMMITTER_DATE}
        stepTemplate:
          computeResources:
            requests: {cpu: 100m, memory: 256Mi}
            limits: {cpu: 100m, memory: 256Mi}
          securityContext: {runAsNonRoot: true, runAsUser: 65532}
        steps:
        - name: prepare-and-run
          image: registry.redhat.io/openshift-pipelines/pipelines-git-init-rhel8
          workingDir: $(workspaces.output.path)
          env:
          - {name: HOME, value: $(params.USER_HOME)}
          - {name: HTTP_PROXY, value: $(params.HTTP_PROXY)}
          - {name: HTTPS_PROXY, value: $(params.HTTPS_PROXY)}
          - {name: NO_PROXY, value: $(params.NO_PROXY)}
          - {name: GIT_SSL_CAINFO, value: $(workspaces.ssl-ca-directory.path)/$(params.CRT_FILENAME)}
          script: |
            #!/bin/sh
            set -eu
            target="$(workspaces.output.path)/$(params.SUBDIRECTORY)"
            mkdir -p "$target"
            if [ "$(params.DELETE_EXISTING)" = true ]; then
              find "$target" -mindepth 1 -delete
            fi
            git config --global --add safe.directory "$target"
            git config --global http.sslVerify "$(params.SSL_VERIFY)"
            git clone --depth "$(params.DEPTH)" --no-checkout "$(params.URL)" "$target"
            cd "$target"
            if [ -n "$(params.SPARSE_CHECKOUT_DIRECTORIES)" ]; then
              git sparse-checkout set "$(params.SPARSE_CHECKOUT_DIRECTORIES)"
            fi
            git fetch --depth "$(params.DEPTH)" origin "$(params.REFSPEC)" "$(params.REVISION)"
            git checkout FETCH_HEAD
            if [ "$(params.SUBMODULES)" = true ]; then
              git submodule update --init --recursive
            fi
            git rev-parse HEAD | tr -d '\n' > "$(results.COMMIT.path)"
            git log -1 --format=%ct | tr -d '\n' > "$(results.COMMITTER_DATE.path)"
            printf %s "$(params.URL)" > "$(results.URL.path)"
      """#)

  /// Facts from git-cli 0.4.1, which shares its parameters with git-clone.
  static let openShiftGitCLI = Source(
    name: "openshift-pipelines/git-cli",
    text: #"""
      apiVersion: tekton.dev/v1
      kind: Task
      metadata: {name: git-cli}
      spec:
        description: Runs a script of Git commands in the source workspace.
        params:
        - {name: GIT_USER_NAME, default: ""}
        - {name: GIT_USER_EMAIL, default: ""}
        - {name: GIT_SCRIPT, default: git help}
        - {name: SSL_VERIFY, default: "true"}
        - {name: CRT_FILENAME, default: ca-bundle.crt}
        - {name: SUBDIRECTORY, default: ""}
        - {name: DELETE_EXISTING, default: "true"}
        - {name: HTTP_PROXY, default: ""}
        - {name: HTTPS_PROXY, default: ""}
        - {name: NO_PROXY, default: ""}
        - {name: VERBOSE, default: "false"}
        - {name: USER_HOME, default: /home/git}
        workspaces:
        - {name: source}
        - {name: input, optional: true}
        - {name: ssh-directory, optional: true}
        - {name: basic-auth, optional: true}
        - {name: ssl-ca-directory, optional: true}
        results:
        - {name: COMMIT}
        steps:
        - name: prepare-and-run
          image: registry.redhat.io/openshift-pipelines/pipelines-git-init-rhel8
          workingDir: $(workspaces.source.path)/$(params.SUBDIRECTORY)
          env:
          - {name: HOME, value: $(params.USER_HOME)}
          script: |
            #!/bin/sh
            set -eu
            git config --global user.email "$(params.GIT_USER_EMAIL)"
            git config --global user.name "$(params.GIT_USER_NAME)"
            $(params.GIT_SCRIPT)
            git rev-parse HEAD | tr -d '\n' > "$(results.COMMIT.path)"
      """#)

  /// Facts from the maven task's template of 2026.
  static let openShiftMaven = Source(
    name: "openshift-pipelines/maven",
    text: #"""
      apiVersion: tekton.dev/v1
      kind: Task
      metadata: {name: maven}
      spec:
        description: Runs Maven goals on the source workspace.
        params:
        - {name: GOALS, type: array, default: [package]}
        - {name: MAVEN_MIRROR_URL, default: ""}
        - {name: JAVA_VERSION, default: "11"}
        - {name: SUBDIRECTORY, default: "."}
        - {name: ENV_VARS, type: array, default: []}
        workspaces:
        - {name: source}
        - {name: server_secret, optional: true}
        - {name: proxy_secret, optional: true}
        - {name: proxy_configmap, optional: true}
        - {name: maven_settings, optional: true}
        steps:
        - name: maven-generate
          image: registry.access.redhat.com/ubi8/ubi-minimal
          script: |
            #!/bin/sh
            echo '<settings><mirrors><mirror>$(params.MAVEN_MIRROR_URL)</mirror></mirrors></settings>' \
              > /maven-generate/settings.xml
          volumeMounts:
          - {name: maven-settings-dir, mountPath: /maven-generate}
        - name: maven-goals
          image: registry.access.redhat.com/ubi8/openjdk-$(params.JAVA_VERSION)
          workingDir: $(workspaces.source.path)/$(params.SUBDIRECTORY)
          command: [/usr/bin/mvn]
          args: [-s, /maven-generate/settings.xml, "$(params.GOALS[*])"]
          volumeMounts:
          - {name: maven-settings-dir, mountPath: /maven-generate}
        volumes:
        - {name: maven-settings-dir, emptyDir: {}}
      """#)

  /// Facts from buildah 0.8.0.
  static let openShiftBuildah = Source(
    name: "openshift-pipelines/buildah",
    text: #"""
      apiVersion: tekton.dev/v1
      kind: Task
      metadata: {name: buildah}
      spec:
        description: Builds a container image with buildah and pushes it.
        params:
        - {name: IMAGE}
        - {name: DOCKERFILE, default: ./Dockerfile}
        - {name: BUILD_ARGS, type: array, default: [""]}
        - {name: CONTEXT, default: "."}
        - {name: STORAGE_DRIVER, default: vfs}
        - {name: FORMAT, default: oci}
        - {name: BUILD_EXTRA_ARGS, default: ""}
        - {name: PUSH_EXTRA_ARGS, default: ""}
        - {name: SKIP_PUSH, default: "false"}
        - {name: TLS_VERIFY, default: "true"}
        - {name: VERBOSE, default: "false"}
        workspaces:
        - {name: source}
        - {name: dockerconfig, optional: true}
        - {name: rhel-entitlement, optional: true, mountPath: /tmp/entitlement}
        results:
        - {name: IMAGE_URL}
        - {name: IMAGE_DIGEST}
        steps:
        - name: build
          image: registry.access.redhat.com/ubi8/buildah:8.10-5
          workingDir: $(workspaces.source.path)
          env:
          - {name: DOCKER_CONFIG, value: $(workspaces.dockerconfig.path)}
          args: ["$(params.BUILD_ARGS[*])"]
          script: |
            #!/bin/bash
            set -eu
            values=()
            for value in "$@"; do
              if [ -n "$value" ]; then values+=(--build-arg "$value"); fi
            done
            buildah --storage-driver=$(params.STORAGE_DRIVER) bud --format=$(params.FORMAT) --tls-verify=$(params.TLS_VERIFY) "${values[@]}" $(params.BUILD_EXTRA_ARGS) -f $(params.DOCKERFILE) -t $(params.IMAGE) $(params.CONTEXT)
            if [ "$(params.SKIP_PUSH)" = true ]; then exit 0; fi
            buildah --storage-driver=$(params.STORAGE_DRIVER) push --tls-verify=$(params.TLS_VERIFY) --digestfile /tmp/digest $(params.PUSH_EXTRA_ARGS) $(params.IMAGE) docker://$(params.IMAGE)
            cp /tmp/digest "$(results.IMAGE_DIGEST.path)"
            printf %s "$(params.IMAGE)" > "$(results.IMAGE_URL.path)"
          securityContext:
            capabilities: {add: [SETFCAP]}
      """#)

  /// Facts from the skopeo-copy task's template of 2025.
  static let openShiftSkopeoCopy = Source(
    name: "openshift-pipelines/skopeo-copy",
    text: #"""
      apiVersion: tekton.dev/v1
      kind: Task
      metadata: {name: skopeo-copy}
      spec:
        description: Copies an image from one registry to another.
        params:
        - {name: SOURCE_IMAGE_URL}
        - {name: DESTINATION_IMAGE_URL}
        - {name: SRC_TLS_VERIFY, default: "true"}
        - {name: DEST_TLS_VERIFY, default: "true"}
        - {name: VERBOSE, default: "false"}
        workspaces:
        - {name: images_url, optional: true}
        results:
        - {name: SOURCE_DIGEST}
        - {name: DESTINATION_DIGEST}
        steps:
        - name: skopeo-copy
          image: registry.access.redhat.com/ubi8/skopeo
          env:
          - {name: HOME, value: /tekton/home}
          - {name: FLAGS, value: "--src-tls-verify=$(params.SRC_TLS_VERIFY) --dest-tls-verify=$(params.DEST_TLS_VERIFY)"}
          script: |
            #!/bin/sh
            set -eu
            skopeo copy $FLAGS "$(params.SOURCE_IMAGE_URL)" "$(params.DESTINATION_IMAGE_URL)"
            skopeo inspect --format '{{.Digest}}' "$(params.SOURCE_IMAGE_URL)" | tr -d '\n' > "$(results.SOURCE_DIGEST.path)"
            skopeo inspect --format '{{.Digest}}' "$(params.DESTINATION_IMAGE_URL)" | tr -d '\n' > "$(results.DESTINATION_DIGEST.path)"
      """#)
}
