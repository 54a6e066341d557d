extension BuiltInTasks {
  /// Facts from git-clone 0.1 to 0.10.
  static let gitClone = Source(
    name: "git-clone",
    text: #"""
      apiVersion: tekton.dev/v1
      kind: Task
      metadata:
        name: git-clone
        annotations: {tekton.dev/platforms: "linux/amd64,linux/s390x,linux/ppc64le,linux/arm64"}
      spec:
        description: Puts a revision of a Git repository into the output workspace.
        params:
        - {name: url, type: string}
        - {name: revision, default: ""}
        - {name: refspec, default: ""}
        - {name: submodules, default: "true"}
        - {name: depth, default: "1"}
        - {name: sslVerify, default: "true"}
        - {name: crtFileName, default: ca-bundle.crt}
        - {name: subdirectory, default: ""}
        - {name: sparseCheckoutDirectories, default: ""}
        - {name: deleteExisting, default: "true"}
        - {name: httpProxy, default: ""}
        - {name: httpsProxy, default: ""}
        - {name: noProxy, default: ""}
        - {name: verbose, default: "true"}
        - name: gitInitImage
          default: gcr.io/tekton-releases/github.com/tektoncd/pipeline/cmd/git-init:v0.40.2
        - {name: userHome, default: /home/git}
        workspaces:
        - {name: output}
        - {name: ssh-directory, optional: true}
        - {name: basic-auth, optional: true}
        - {name: ssl-ca-directory, optional: true}
        results:
        - {name: commit}
        - {name: url}
        - {name: committer-date}
        steps:
        - name: clone
          image: $(params.gitInitImage)
          securityContext: {runAsNonRoot: true, runAsUser: 65532}
          env:
          - {name: HOME, value: $(params.userHome)}
          - {name: HTTP_PROXY, value: $(params.httpProxy)}
          - {name: HTTPS_PROXY, value: $(params.httpsProxy)}
          - {name: NO_PROXY, value: $(params.noProxy)}
          - {name: GIT_SSL_CAINFO, value: $(workspaces.ssl-ca-directory.path)/$(params.crtFileName)}
          script: |
            #!/bin/sh
            set -eu
            target="$(workspaces.output.path)/$(params.subdirectory)"
            mkdir -p "$target"
            if [ "$(params.deleteExisting)" = true ]; then
              find "$target" -mindepth 1 -delete
            fi
            git config --global --add safe.directory "$target"
            git config --global http.sslVerify "$(params.sslVerify)"
            git clone --depth "$(params.depth)" --no-checkout "$(params.url)" "$target"
            cd "$target"
            if [ -n "$(params.sparseCheckoutDirectories)" ]; then
              git sparse-checkout set "$(params.sparseCheckoutDirectories)"
            fi
            if [ -n "$(params.revision)$(params.refspec)" ]; then
              git fetch --depth "$(params.depth)" origin "$(params.refspec)" "$(params.revision)"
              git checkout FETCH_HEAD
            else
              git checkout
            fi
            if [ "$(params.submodules)" = true ]; then
              git submodule update --init --recursive
            fi
            git rev-parse HEAD | tr -d '\n' > "$(results.commit.path)"
            git log -1 --format=%ct | tr -d '\n' > "$(results.committer-date.path)"
            printf %s "$(params.url)" > "$(results.url.path)"
      """#)

  /// Facts from git-cli 0.1 to 0.4.
  static let gitCLI = Source(
    name: "git-cli",
    text: #"""
      apiVersion: tekton.dev/v1
      kind: Task
      metadata: {name: git-cli}
      spec:
        description: Runs Git commands on a repository.
        params:
        - {name: BASE_IMAGE, default: cgr.dev/chainguard/git:latest}
        - {name: GIT_USER_NAME, default: ""}
        - {name: GIT_USER_EMAIL, default: ""}
        - {name: GIT_SCRIPT, default: git help}
        - {name: USER_HOME, default: /root}
        - {name: VERBOSE, default: "true"}
        workspaces:
        - {name: source}
        - {name: input, optional: true}
        - {name: ssh-directory, optional: true}
        - {name: basic-auth, optional: true}
        results:
        - {name: commit}
        steps:
        - name: git
          image: $(params.BASE_IMAGE)
          workingDir: $(workspaces.source.path)
          env:
          - {name: HOME, value: $(params.USER_HOME)}
          script: |
            #!/bin/sh
            set -eu
            git config --global user.name "$(params.GIT_USER_NAME)"
            git config --global user.email "$(params.GIT_USER_EMAIL)"
            $(params.GIT_SCRIPT)
            git rev-parse HEAD | tr -d '\n' > "$(results.commit.path)"
      """#)
}
