import GantryModel
import Testing

@Suite("Disk, labels, flags and objects")
struct OtherRuleTests {
  @Test("a TaskRun that writes more than its node's disk holds is told")
  func ephemeralStorage() throws {
    // Of a root volume of 20 GiB, 0.85 × 20 = 17 GiB may be used. The platform has 14 of them (18, but
    // at most 70 %) and the image 0.3; the profile writes 30 GiB, and then 1, to the container's layer.
    let fixture = CheckFixture.one(
      .init(name: "build"),
      settings: [
        "profiles=[{task: build, writeMiB: 30720}]", "nodes.amd64.rootVolume.sizeGiB=20",
        "nodes.arm64.count=0", "controlPlane.schedulable=false",
      ])
    let found = try fixture.findings("W0712")
    #expect(found.count == 1)
    #expect(found.first?.message.contains("17.0 GiB above which the kubelet evicts") == true)
    var small = fixture
    small.settings[0] = "profiles=[{task: build, writeMiB: 1024}]"
    #expect(try small.findings("W0712").isEmpty)
  }

  @Test("a step that needs more memory than its limit, or than its node has, is told")
  func memory() throws {
    // mvn: 250 MiB and a heap of 700, at most a quarter of the limit: 250 + 75 = 325 > 300, but
    // 250 + 100 = 350 < 400.
    var build = CheckFixture.Step(name: "build", script: "mvn package")
    build.stepFields = ["computeResources: {limits: {memory: 300Mi}}"]
    let found = try CheckFixture.one(build).findings("W0730")
    #expect(found.count == 1)
    #expect(found.first?.message.contains("more than its limit of 0.3 GiB") == true)
    build.stepFields = ["computeResources: {limits: {memory: 400Mi}}"]
    #expect(try CheckFixture.one(build).findings("W0730").isEmpty)
    // 40 GiB on nodes of 32.
    let large = CheckFixture.one(
      .init(name: "build"), settings: ["profiles=[{task: build, memoryMiB: 40960}]"])
    #expect(try large.findings("W0730").first?.message.contains("takes about 40.0 GiB") == true)
  }

  @Test("the old architecture label is told with its successor")
  func deprecatedLabel() throws {
    let fixture = CheckFixture.one(
      .init(name: "build", selector: ["beta.kubernetes.io/arch": "arm64"]))
    let found = try fixture.findings("W0713")
    #expect(found.count == 1)
    #expect(found.first?.suggestion == "write 'kubernetes.io/arch'")
    let good = CheckFixture.one(.init(name: "build", selector: CheckFixture.Step.arch("arm64")))
    #expect(try good.findings("W0713").isEmpty)
  }

  @Test("ClusterTasks are told where they are defined and used")
  func clusterTask() throws {
    var fixture = CheckFixture.one(.init(name: "build"))
    fixture.documents = [
      """
      apiVersion: tekton.dev/v1beta1
      kind: ClusterTask
      metadata: {name: everywhere}
      spec: {steps: [{name: s, image: a, script: sleep 1}]}
      """
    ]
    #expect(try fixture.findings("N0714").count == 1)
    fixture.documents.append(
      """
      apiVersion: tekton.dev/v1
      kind: Pipeline
      metadata: {name: other}
      spec: {tasks: [{name: t, taskRef: {kind: ClusterTask, name: everywhere}}]}
      """)
    #expect(try fixture.findings("N0714").count == 2)
  }

  @Test("flags that Tekton ignores are told, misspelt ones with the right name")
  func featureFlags() throws {
    let flags = ["enable-custom-tasks=true", "keep-pod-on-cancl=true", "keep-pod-on-cancel=true"]
    let fixture = CheckFixture.one(
      .init(name: "build"), settings: flags.map { "tekton.featureFlags.\($0)" })
    let found = try fixture.findings("W0715")
    #expect(found.count == 2)
    #expect(found.contains { $0.suggestion == "did you mean 'keep-pod-on-cancel'?" })
  }

  @Test("an emptyDir workspace of two tasks shares nothing")
  func emptyDir() throws {
    var fixture = CheckFixture(
      tasks: [
        .init(name: "one", workspaces: ["scratch"]),
        .init(name: "two", after: ["one"], workspaces: ["scratch"]),
      ], workspaces: ["{name: scratch, emptyDir: {}}"])
    let found = try fixture.findings("W0718")
    #expect(found.count == 1)
    #expect(found.first?.message.contains("'one', 'two'") == true)
    fixture.tasks[1].after = []
    #expect(try fixture.findings("W0718").isEmpty)
    fixture.tasks[1].after = ["one"]
    fixture.tasks[1].workspaces = []
    #expect(try fixture.findings("W0718").isEmpty)
  }

  @Test("an image without the architecture is an error, or a warning where the pod has a choice")
  func imageArchitecture() throws {
    let image = "images=[{name: registry.example.com/tool:1, architectures: [amd64]}]"
    let bound = CheckFixture.one(
      .init(name: "build", selector: CheckFixture.Step.arch("arm64")), settings: [image])
    #expect(try bound.findings("E0719").count == 1)
    #expect(
      try CheckFixture.one(.init(name: "build"), settings: [image]).findings("W0720").count == 1)
    let fine = CheckFixture.one(
      .init(name: "build", selector: CheckFixture.Step.arch("amd64")), settings: [image])
    #expect(try fine.findings().filter { ["E0719", "W0720"].contains($0.code) }.isEmpty)
  }

  @Test("Secrets and ServiceAccounts count as missing only beside others")
  func missingObjects() throws {
    var fixture = CheckFixture.one(.init(name: "build"))
    fixture.runFields = ["taskRunTemplate: {serviceAccountName: bilder}"]
    fixture.workspaces = []
    #expect(try fixture.findings("W0723").isEmpty)
    fixture.documents = ["apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: builder-account}"]
    let found = try fixture.findings("W0723")
    #expect(found.count == 1)
    #expect(found.first?.message.contains("'bilder'") == true)
    fixture.runFields = ["taskRunTemplate: {serviceAccountName: builder-account}"]
    #expect(try fixture.findings("W0723").isEmpty)
  }

  @Test("a priority class is told as not followed")
  func priorityClass() throws {
    var fixture = CheckFixture.one(.init(name: "build"))
    #expect(try fixture.findings("N0731").isEmpty)
    fixture.runFields = ["taskRunTemplate: {podTemplate: {priorityClassName: urgent}}"]
    #expect(try fixture.findings("N0731").count == 1)
  }

  @Test("a run without requests is told, one with is not")
  func bestEffort() throws {
    #expect(try CheckFixture.one(.init(name: "build")).findings("N0729").count == 1)
    let asking = CheckFixture.one(
      .init(name: "build", stepFields: ["computeResources: {requests: {cpu: 100m}}"]))
    #expect(try asking.findings("N0729").isEmpty)
  }
}
