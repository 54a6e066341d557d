import GantryModel
import Testing

@testable import GantryCalibration

@Suite("runs with known parameters, calibrated")
struct CalibrationTests {
  private let speeds = ["m5a.2xlarge": 1.0, "m6i.2xlarge": 1.5, "m6g.2xlarge": 1.25]

  private func calibrate(
    _ runs: SyntheticRuns, _ more: [String] = [], holdout: Double = 0.3
  ) throws -> Calibration {
    let read = try SyntheticRuns.dump(runs.json(more))
    #expect(read.findings == [])
    return Calibration(read.dump, holdout: holdout) { speeds[$0] }
  }

  private func median(_ calibration: Calibration, _ task: String, _ step: String) throws -> Double {
    try #require(calibration.fits.first { $0.task.task == task && $0.step == step })
      .fit.distribution.median
  }

  @Test("the steps' and the start-up's parameters are found again, and runs are predicted")
  func recovers() throws {
    let calibration = try calibrate(SyntheticRuns())
    #expect(calibration.observations.exclusions == [])
    #expect(calibration.heldOut.count == 12)
    #expect(calibration.fittedTaskRuns == 28 * 4)
    // 28 values: three standard errors of a median are 3·sigma ÷ √28, 0.57 of sigma.
    for (task, truths) in SyntheticRuns.steps {
      for truth in truths where truth.sigma > 0 {
        let found = try median(calibration, task, truth.name)
        #expect((found / truth.median - 1).magnitude < 0.57 * truth.sigma + 0.02, "\(task)")
      }
    }
    // Two in five of the logins of 0.4 s show as a second: three standard errors are 0.28.
    #expect((try median(calibration, "push", "login") - 0.4).magnitude < 0.28)
    // 160 values.
    let overhead = try #require(calibration.overhead.median)
    #expect((overhead / SyntheticRuns.overhead.median - 1).magnitude < 0.1)
    #expect((calibration.queueing.median ?? 9) <= 1)
    // By hand: 0.5 + 8 + 4 + 0.6, then 0.5 + 8 + 60 + 0.6, then 0.5 + 8 + 15.4 + 0.7, and 0.4: about 107 s
    // with a deviation of sqrt(12² + 3.75² + 3·2.4²), 13 s; the median error of a prediction of the
    // median is two thirds of that, 8 %.
    let errors = Sample(calibration.runErrors.compactMap { $0.error?.magnitude })
    #expect(errors.count == 12)
    #expect((errors.median ?? 1) < 0.13)
    let predicted = try #require(calibration.runErrors.first?.predicted)
    #expect((predicted / 107 - 1).magnitude < 0.1)
    #expect(calibration.verdict.isGood, "\(calibration.verdict.reasons)")
    #expect(calibration.taskErrors.map(\.task.task) == ["clone", "compile", "push", "test"])
  }

  @Test("TaskRuns in the status of old runs say the same, but for their queueing")
  func embedded() throws {
    var runs = SyntheticRuns()
    let apart = try calibrate(runs)
    runs.isEmbedded = true
    let embedded = try calibrate(runs)
    #expect(embedded.fits.map(\.fit) == apart.fits.map(\.fit))
    #expect(embedded.queueing.count == 0)
    #expect(embedded.verdict.isGood)
  }

  @Test("the order of objects changes nothing, and what is held out is not fitted")
  func order() throws {
    let runs = SyntheticRuns(count: 20)
    let one = try calibrate(runs)
    let read = try SyntheticRuns.dump(SyntheticRuns.list(runs.objects().reversed()))
    let other = Calibration(read.dump, holdout: 0.3) { speeds[$0] }
    #expect(one.fits == other.fits)
    #expect(one.runErrors == other.runErrors)
    #expect(one.fits.allSatisfy { $0.fit.count == 14 })
  }

  @Test("too few runs, and nothing held out, are not good enough")
  func few() throws {
    let few = try calibrate(SyntheticRuns(count: 4))
    #expect(!few.verdict.isGood)
    #expect(few.verdict.reasons.count == 2)
    let all = try calibrate(SyntheticRuns(count: 20), holdout: 0)
    #expect(!all.verdict.isGood)
    #expect(all.heldOut.isEmpty)
    #expect(all.fits.allSatisfy { $0.fit.count == 20 })
  }

  @Test("runs that no fit explains are not good enough")
  func noise() throws {
    // Runs differ by a factor of e^1.2 and more: half of them are off by more than 55 %.
    let calibration = try calibrate(SyntheticRuns(noise: 1.2))
    #expect(!calibration.verdict.isGood)
    #expect(calibration.verdict.reasons.contains { $0.contains("median error") })
    #expect(calibration.profile(startup: []).warning?.value.contains("median error") == true)
  }

  @Test("a step that only a held-out run has is not predicted, and said")
  func unseen() throws {
    let calibration = try calibrate(SyntheticRuns(count: 20))
    let name = try #require(calibration.runErrors.first?.run)
    var dump = try SyntheticRuns.dump(SyntheticRuns(count: 20).json()).dump
    for index in dump.taskRuns.indices where dump.taskRuns[index].pipelineRun == name {
      dump.taskRuns[index].steps[0].name = "new"
    }
    let other = Calibration(dump, holdout: 0.3) { _ in nil }
    #expect(other.runErrors.first { $0.run == name }?.predicted == nil)
    #expect(other.verdict.reasons.contains { $0.contains("never seen") })
  }

  @Test("architectures are fitted apart")
  func architectures() throws {
    var runs = SyntheticRuns()
    runs.node = { run, task in task == "compile" && run % 2 == 0 ? "arm" : "x86" }
    runs.slowness = { run, task in task == "compile" && run % 2 == 0 ? 3 : 1 }
    let calibration = try calibrate(
      runs,
      [
        SyntheticRuns.node("arm", type: "m6g.2xlarge", architecture: "arm64"),
        SyntheticRuns.node("x86", type: "m5a.2xlarge", architecture: "amd64"),
      ])
    let compile = calibration.fits.filter { $0.task.task == "compile" }
    #expect(compile.map(\.architecture) == ["amd64", "arm64"])
    #expect(compile.map(\.instance) == ["m5a.2xlarge", "m6g.2xlarge"])
    #expect((compile[1].fit.distribution.median / 180 - 1).magnitude < 0.15)
    #expect(calibration.fits.filter { $0.task.task == "test" }.map(\.architecture) == [nil])
    #expect(calibration.withoutInstance == 0)
    let profile = calibration.profile(startup: [])
    #expect(profile.warning == nil)
    #expect(profile.profiles.map(\.architecture?.value).contains("arm64"))
  }

  @Test("a step that is quicker on a quicker processor scales, and one that is not does not")
  func scaling() throws {
    var runs = SyntheticRuns(count: 60)
    runs.node = { run, _ in run % 2 == 0 ? "quick" : "slow" }
    runs.slowness = { run, task in task == "compile" && run % 2 == 0 ? 1 / 1.5 : 1 }
    let calibration = try calibrate(
      runs,
      [
        SyntheticRuns.node("quick", type: "m6i.2xlarge", architecture: "amd64"),
        SyntheticRuns.node("slow", type: "m5a.2xlarge", architecture: "amd64"),
      ])
    let compile = try #require(calibration.fits.first { $0.task.task == "compile" })
    #expect(compile.scales)
    let speed = try #require(compile.instance.flatMap { speeds[$0] })
    // 60 s of the slow one, at the speed of the one that the fit is carried to.
    #expect((compile.fit.distribution.median * speed / 60 - 1).magnitude < 0.1)
    #expect(try #require(calibration.fits.first { $0.task.task == "clone" }).scales == false)
    #expect(calibration.verdict.isGood, "\(calibration.verdict.reasons)")
  }
}
