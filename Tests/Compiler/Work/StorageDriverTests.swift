import GantryModel
import Testing

@testable import GantryCompiler

/// How a commit finds what was added, by driver, and which driver a command has; worked by hand on the
/// images of `BuildahTests`.
@Suite("storage drivers")
struct StorageDriverTests {
  /// The seconds of phases whose label has a part.
  private func fixed(_ phases: [Phase], _ part: String) -> [Double] {
    phases.filter { $0.label.contains(part) }.flatMap(\.demands).compactMap {
      if case .fixed(let seconds) = $0 { seconds } else { nil }
    }
  }

  @Test("a commit that compares all files waits for the end of the second it began in")
  func commitWaits() {
    let script = BuildahTests.clone + "buildah bud -t x /workspace/source"
    let file = "FROM base\nCOPY data /a\n"
    var vfs = BuildahTests.fixture(file)
    // D: 0.026 * 10 to compare, half of 0.038 + 18.3/GiB * 1000 + 0.145/1000 to read the result.
    let read: Double = (0.038 + 18_300.0 / 1_073_741_824 + 0.000145) / 2
    let duration: Double = 0.26 + read
    let waits = fixed(vfs.phases(script), "wait")
    #expect(waits.count == 1 && isClose(waits[0], (1 - duration) * (1 - duration) / 2))
    var overlay = BuildahTests.fixture(file)
    #expect(fixed(overlay.phases(script, driver: "overlay"), "wait").isEmpty)
    // 10,001 files through the mount program take 4.5 s: no second is left to wait for.
    var fuse = BuildahTests.fixture(file)
    let phases = fuse.phases(script, image: "quay.io/buildah/stable:v1.33", driver: nil)
    #expect(fixed(phases, "wait").isEmpty)
    #expect(isClose(phases.filter { $0.label.contains("compare") }.cpu, 0.45 * 10.001))
    // COPY: 1.2 for 1000 files and 0.9 for 1 GiB more than beside the program.
    let copy: Double = 0.09 + 9200.0 / 1_073_741_824 + 0.0003
    let through: Double = 0.0012 + 900.0 / 1_073_741_824
    #expect(isClose(phases.filter { $0.label.contains("COPY") }.cpu, copy + through))
  }

  /// An image, variables, options, and the driver that results.
  struct Mount: CustomTestStringConvertible {
    var image = "registry.redhat.io/rhel8/buildah:8.9"
    var variables: [String: String] = [:]
    var options = ""
    var driver: String
    var testDescription: String { "\(image) \(variables) \(options): \(driver)" }
  }

  private static let stable = "quay.io/buildah/stable:v1.33"
  private static let program = "overlay.mount_program=/usr/bin/fuse-overlayfs"

  @Test(
    "the command line, variables and the image's storage.conf say who mounts an overlay",
    arguments: [
      Mount(driver: "overlay"),
      Mount(image: stable, driver: "fuse-overlayfs"),
      Mount(image: "quay.io/podman/stable", driver: "fuse-overlayfs"),
      Mount(image: "quay.io/containers/buildah", driver: "fuse-overlayfs"),
      Mount(image: "registry.example.com/buildah/stable", driver: "overlay"),
      Mount(image: stable, variables: ["STORAGE_DRIVER": "vfs"], driver: "vfs"),
      Mount(image: stable, variables: ["STORAGE_DRIVER": "overlay"], driver: "fuse-overlayfs"),
      Mount(image: stable, options: "--storage-driver overlay", driver: "overlay"),
      Mount(image: stable, options: "--storage-opt overlay.mountopt=nodev", driver: "overlay"),
      Mount(options: "--storage-opt \(program)", driver: "fuse-overlayfs"),
      Mount(options: "--storage-opt overlay.mount_program=", driver: "overlay"),
      Mount(
        options: "--storage-driver overlay --storage-opt \(program)", driver: "fuse-overlayfs"),
      Mount(variables: ["STORAGE_OPTS": "overlay.x=1,\(program)"], driver: "fuse-overlayfs"),
      Mount(
        variables: ["STORAGE_OPTS": program], options: "--storage-driver=overlay",
        driver: "overlay"),
    ])
  func mountProgram(mount: Mount) {
    var fixture = BuildahTests.fixture()
    var step = StepFixture.step(
      "buildah \(mount.options) pull docker://base", image: mount.image, driver: nil)
    step.environment = mount.variables.sorted { $0.key < $1.key }.map {
      EnvironmentVariable(name: $0.key, value: $0.value)
    }
    let labels = fixture.plan(step).phases[0].map(\.label)
    #expect(labels.first == "buildah: pull base (\(mount.driver))", "\(labels)")
  }
}
