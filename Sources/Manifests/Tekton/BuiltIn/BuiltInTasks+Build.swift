extension BuiltInTasks {
  /// Facts from maven 0.1 to 0.4; the image is the one that OpenShift Pipelines puts in place of the
  /// catalogue's, which exists for amd64 only.
  static let maven = Source(
    name: "maven",
    text: #"""
      apiVersion: tekton.dev/v1
      kind: Task
      metadata:
        name: maven
        annotations: {tekton.dev/platforms: "linux/amd64,linux/s390x,linux/ppc64le"}
      spec:
        description: Runs Maven goals on a project, with settings made from the parameters.
        params:
        - {name: MAVEN_IMAGE, default: registry.access.redhat.com/ubi8/openjdk-17}
        - {name: GOALS, type: array, default: [package]}
        - {name: MAVEN_MIRROR_URL, default: ""}
        - {name: SERVER_USER, default: ""}
        - {name: SERVER_PASSWORD, default: ""}
        - {name: PROXY_USER, default: ""}
        - {name: PROXY_PASSWORD, default: ""}
        - {name: PROXY_PORT, default: ""}
        - {name: PROXY_HOST, default: ""}
        - {name: PROXY_NON_PROXY_HOSTS, default: ""}
        - {name: PROXY_PROTOCOL, default: http}
        - {name: CONTEXT_DIR, default: "."}
        workspaces:
        - {name: source}
        - {name: maven-settings}
        - {name: maven-local-repo, optional: true}
        steps:
        - name: mvn-settings
          image: registry.access.redhat.com/ubi8/ubi-minimal:8.2
          env:
          - {name: SETTINGS, value: $(workspaces.maven-settings.path)/settings.xml}
          - {name: MIRROR, value: $(params.MAVEN_MIRROR_URL)}
          - {name: PROXY, value: $(params.PROXY_HOST)}
          - {name: SERVER, value: $(params.SERVER_USER)}
          script: |
            #!/bin/bash
            if [ -f "$SETTINGS" ]; then exit 0; fi
            {
              echo '<settings>'
              if [ -n "$MIRROR" ]; then
                echo "<mirrors><mirror><id>default</id><url>$MIRROR</url>"
                echo '<mirrorOf>central</mirrorOf></mirror></mirrors>'
              fi
              if [ -n "$PROXY" ]; then
                echo "<proxies><proxy><host>$PROXY</host><port>$(params.PROXY_PORT)</port>"
                echo '<protocol>$(params.PROXY_PROTOCOL)</protocol></proxy></proxies>'
              fi
              if [ -n "$SERVER" ]; then
                echo "<servers><server><id>server</id><username>$SERVER</username>"
                echo '<password>$(params.SERVER_PASSWORD)</password></server></servers>'
              fi
              echo '</settings>'
            } > "$SETTINGS"
        - name: mvn-goals
          image: $(params.MAVEN_IMAGE)
          workingDir: $(workspaces.source.path)/$(params.CONTEXT_DIR)
          command: [/usr/bin/mvn]
          args:
          - -s
          - $(workspaces.maven-settings.path)/settings.xml
          - $(params.GOALS[*])
          - -Dmaven.repo.local=$(workspaces.maven-local-repo.path)/.m2
      """#)

  /// Facts from npm 0.1.
  static let npm = Source(
    name: "npm",
    text: #"""
      apiVersion: tekton.dev/v1
      kind: Task
      metadata: {name: npm}
      spec:
        description: Runs npm in a project.
        params:
        - {name: PATH_CONTEXT, default: "."}
        - {name: ARGS, type: array, default: [version]}
        - {name: IMAGE, default: "docker.io/library/node:12-alpine"}
        workspaces:
        - {name: source}
        steps:
        - name: npm-run
          image: $(params.IMAGE)
          workingDir: $(workspaces.source.path)/$(params.PATH_CONTEXT)
          command: [npm]
          args: ["$(params.ARGS[*])"]
          env:
          - {name: CI, value: "true"}
      """#)
}
