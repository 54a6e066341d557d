extension BuiltInTasks {
  /// Facts from buildah 0.1 to 0.9.
  static let buildah = Source(
    name: "buildah",
    text: #"""
      apiVersion: tekton.dev/v1
      kind: Task
      metadata:
        name: buildah
        annotations: {tekton.dev/platforms: "linux/amd64,linux/s390x,linux/ppc64le,linux/arm64"}
      spec:
        description: Builds an image from a Containerfile and pushes it.
        params:
        - {name: IMAGE}
        - {name: BUILDER_IMAGE, default: "quay.io/buildah/stable:v1"}
        - {name: STORAGE_DRIVER, default: overlay}
        - {name: DOCKERFILE, default: ./Dockerfile}
        - {name: CONTEXT, default: "."}
        - {name: TLSVERIFY, default: "true"}
        - {name: FORMAT, default: oci}
        - {name: BUILD_EXTRA_ARGS, default: ""}
        - {name: PUSH_EXTRA_ARGS, default: ""}
        - {name: SKIP_PUSH, default: "false"}
        - {name: BUILD_ARGS, type: array, default: [""]}
        workspaces:
        - {name: source}
        - {name: sslcertdir, optional: true}
        - {name: dockerconfig, optional: true}
        results:
        - {name: IMAGE_DIGEST}
        - {name: IMAGE_URL}
        steps:
        - name: build-and-push
          image: $(params.BUILDER_IMAGE)
          workingDir: $(workspaces.source.path)
          securityContext: {privileged: true}
          env:
          - {name: DOCKER_CONFIG, value: $(workspaces.dockerconfig.path)}
          - {name: STORAGE_DRIVER, value: $(params.STORAGE_DRIVER)}
          args: ["$(params.BUILD_ARGS[*])"]
          script: |
            #!/bin/bash
            set -eu
            values=()
            for value in "$@"; do
              if [ -n "$value" ]; then values+=(--build-arg "$value"); fi
            done
            buildah --storage-driver=$(params.STORAGE_DRIVER) bud --format=$(params.FORMAT) --tls-verify=$(params.TLSVERIFY) --no-cache "${values[@]}" $(params.BUILD_EXTRA_ARGS) -f $(params.DOCKERFILE) -t $(params.IMAGE) $(params.CONTEXT)
            if [ "$(params.SKIP_PUSH)" = true ]; then exit 0; fi
            buildah --storage-driver=$(params.STORAGE_DRIVER) push --tls-verify=$(params.TLSVERIFY) --digestfile /tmp/digest $(params.PUSH_EXTRA_ARGS) $(params.IMAGE) docker://$(params.IMAGE)
            cp /tmp/digest "$(results.IMAGE_DIGEST.path)"
            printf %s "$(params.IMAGE)" > "$(results.IMAGE_URL.path)"
          volumeMounts:
          - {name: varlibcontainers, mountPath: /var/lib/containers}
        volumes:
        - {name: varlibcontainers, emptyDir: {}}
      """#)

  /// Facts from kaniko 0.1 to 0.7; results are named with a dash up to 0.4.
  static let kaniko = Source(
    name: "kaniko",
    text: #"""
      apiVersion: tekton.dev/v1
      kind: Task
      metadata:
        name: kaniko
        annotations: {tekton.dev/platforms: "linux/amd64,linux/arm64,linux/ppc64le"}
      spec:
        description: Builds an image with kaniko and pushes it.
        params:
        - {name: IMAGE}
        - {name: DOCKERFILE, default: ./Dockerfile}
        - {name: CONTEXT, default: ./}
        - {name: EXTRA_ARGS, type: array, default: []}
        - {name: BUILDER_IMAGE, default: "gcr.io/kaniko-project/executor:v1.5.1"}
        workspaces:
        - {name: source}
        - {name: dockerconfig, optional: true, mountPath: /kaniko/.docker}
        results:
        - {name: IMAGE_DIGEST}
        - {name: IMAGE_URL}
        - {name: IMAGE-DIGEST}
        steps:
        - name: build-and-push
          image: $(params.BUILDER_IMAGE)
          workingDir: $(workspaces.source.path)
          securityContext: {runAsUser: 0}
          args:
          - $(params.EXTRA_ARGS[*])
          - --dockerfile=$(params.DOCKERFILE)
          - --context=$(workspaces.source.path)/$(params.CONTEXT)
          - --destination=$(params.IMAGE)
          - --digest-file=$(results.IMAGE_DIGEST.path)
        - name: write-url
          image: docker.io/library/bash:5.1.4
          script: |
            printf %s "$(params.IMAGE)" > "$(results.IMAGE_URL.path)"
            cp "$(results.IMAGE_DIGEST.path)" "$(results.IMAGE-DIGEST.path)"
      """#)

  /// Facts from skopeo-copy 0.1 to 0.3.
  static let skopeoCopy = Source(
    name: "skopeo-copy",
    text: #"""
      apiVersion: tekton.dev/v1
      kind: Task
      metadata:
        name: skopeo-copy
        annotations: {tekton.dev/platforms: "linux/amd64,linux/s390x,linux/ppc64le,linux/arm64"}
      spec:
        description: Copies images between registries, one or those listed in a file.
        params:
        - {name: srcImageURL, default: ""}
        - {name: destImageURL, default: ""}
        - {name: srcTLSverify, default: "true"}
        - {name: destTLSverify, default: "true"}
        workspaces:
        - {name: images-url}
        steps:
        - name: skopeo-copy
          image: quay.io/skopeo/stable:v1
          securityContext: {runAsNonRoot: true, runAsUser: 65532}
          env:
          - {name: HOME, value: /tekton/home}
          - {name: FLAGS, value: "--src-tls-verify=$(params.srcTLSverify) --dest-tls-verify=$(params.destTLSverify)"}
          script: |
            #!/bin/bash
            if [ -n "$(params.srcImageURL)" ]; then
              skopeo copy $FLAGS "$(params.srcImageURL)" "$(params.destImageURL)"
              exit
            fi
            while read -r from to; do
              skopeo copy $FLAGS "$from" "$to"
            done < "$(workspaces.images-url.path)/url.txt"
      """#)

  /// Facts from s2i 0.1 to 0.3.
  static let sourceToImage = Source(
    name: "s2i",
    text: #"""
      apiVersion: tekton.dev/v1
      kind: Task
      metadata:
        name: s2i
        annotations: {tekton.dev/platforms: "linux/amd64"}
      spec:
        description: Makes an image from source code and a builder image.
        params:
        - {name: BUILDER_IMAGE}
        - {name: IMAGE, default: ""}
        - {name: IMAGE_NAME, default: ""}
        - {name: PATH_CONTEXT, default: "."}
        - {name: TLSVERIFY, default: "true"}
        - {name: LOGLEVEL, default: "0"}
        workspaces:
        - {name: source}
        - {name: sslcertdir, optional: true}
        - {name: dockerconfig, optional: true}
        results:
        - {name: IMAGE_DIGEST}
        steps:
        - name: generate
          image: quay.io/openshift-pipeline/s2i:nightly
          workingDir: $(workspaces.source.path)
          command: [s2i]
          args: [--loglevel=$(params.LOGLEVEL), build, $(params.PATH_CONTEXT), $(params.BUILDER_IMAGE), --as-dockerfile, /gen-source/Dockerfile.gen]
          volumeMounts:
          - {name: gen-source, mountPath: /gen-source}
        - name: build
          image: quay.io/buildah/stable:v1.17.0
          workingDir: /gen-source
          securityContext: {privileged: true}
          script: |
            #!/bin/bash
            set -eu
            image="$(params.IMAGE)$(params.IMAGE_NAME)"
            buildah bud --tls-verify=$(params.TLSVERIFY) --layers -f /gen-source/Dockerfile.gen -t "$image" .
            buildah push --tls-verify=$(params.TLSVERIFY) --digestfile /tmp/digest "$image" "docker://$image"
            cp /tmp/digest "$(results.IMAGE_DIGEST.path)"
          volumeMounts:
          - {name: varlibcontainers, mountPath: /var/lib/containers}
          - {name: gen-source, mountPath: /gen-source}
        volumes:
        - {name: varlibcontainers, emptyDir: {}}
        - {name: gen-source, emptyDir: {}}
      """#)

  /// Facts from openshift-client 0.1 and 0.2.
  static let openshiftClient = Source(
    name: "openshift-client",
    text: #"""
      apiVersion: tekton.dev/v1
      kind: Task
      metadata:
        name: openshift-client
        annotations: {tekton.dev/platforms: "linux/amd64"}
      spec:
        description: Runs oc commands.
        params:
        - {name: SCRIPT, default: oc help}
        - {name: ARGS, type: array, default: [""]}
        - {name: VERSION, default: "4.7"}
        workspaces:
        - {name: manifest-dir, optional: true}
        - {name: kubeconfig-dir, optional: true}
        results:
        - {name: RESULT}
        steps:
        - name: oc
          image: quay.io/openshift/origin-cli:$(params.VERSION)
          args: ["$(params.ARGS[*])"]
          script: |
            #!/bin/bash
            if [ "$(workspaces.manifest-dir.bound)" = true ]; then
              cd "$(workspaces.manifest-dir.path)"
            fi
            printf '' > "$(results.RESULT.path)"
            $(params.SCRIPT)
      """#)
}
