import GantryModel

extension FindingKinds {
  /// Kinds of findings of resolving runs as Tekton's controller does.
  static let runs: [FindingKind] = [
    FindingKind(
      "E0401", "a run's pipeline is not found",
      """
      The PipelineRun names no Pipeline, or one that is not among the manifests; the cluster would \
      fail it with CouldntGetPipeline.
      """,
      remedy: "add the Pipeline to the manifests, or correct the name"),
    FindingKind(
      "E0402", "a run's pipeline comes from a remote resolver",
      """
      gantry fetches nothing, so that the tasks of a Pipeline in a Git repository, bundle or hub \
      are unknown.
      """,
      remedy: "add the Pipeline itself to the manifests"),
    FindingKind(
      "E0403", "a run's graph of tasks is invalid",
      """
      Tasks that wait for each other or for a task that is not there cannot be put in order; the \
      run fails with PipelineInvalidGraph.
      """,
      remedy: "name existing tasks in runAfter and results, and break circles"),
    FindingKind(
      "E0404", "a run's pipeline is invalid",
      """
      The controller checks the specification again when it starts the run, and fails the run with \
      PipelineValidationFailed.
      """,
      remedy: "mend what the message names"),
    FindingKind(
      "E0405", "a parameter of the pipeline gets no value",
      """
      A parameter without a default has to be given by the run; otherwise it fails with \
      ParameterMissing before its first task.
      """,
      remedy: "give the parameter in the run, or a default in the pipeline"),
    FindingKind(
      "E0406", "a parameter of another type than declared",
      """
      A string, an array and an object cannot stand for each other; the run fails with \
      ParameterTypeMismatch.
      """,
      remedy: "give a value of the declared type"),
    FindingKind(
      "E0407", "an object parameter lacks keys",
      """
      Every property without a default has to be given; the run fails with \
      ObjectParameterMissKeys.
      """,
      remedy: "give the keys that the message names, in the run or as defaults"),
    FindingKind(
      "E0408", "an index beyond the end of an array",
      """
      The element does not exist in the array that the run gives; the run fails before its first \
      task.
      """,
      remedy: "use a smaller index, or give a longer array"),
    FindingKind(
      "E0409", "a workspace of the pipeline is not bound",
      """
      A workspace that is not optional has to be given by the run, which fails with \
      InvalidWorkspaceBindings otherwise.
      """,
      remedy: "bind it under workspaces of the run, or make it optional"),
    FindingKind(
      "E0410", "taskRunSpecs names no task",
      """
      Settings for a task that the pipeline does not have would apply to nothing; the run fails \
      with InvalidTaskRunSpecs.
      """,
      remedy: "write the name of a task of the pipeline"),
    FindingKind(
      "E0413", "a task is not found",
      """
      The reference leads to no Task among the manifests or the built-in ones; the cluster would \
      fail the run with CouldntGetTask, or the TaskRun.
      """,
      remedy: "add the Task to the manifests, or correct name and kind"),
    FindingKind(
      "E0414", "a task that cannot be simulated",
      """
      Custom tasks, nested pipelines and tasks of remote resolvers are run or fetched by something \
      gantry does not see, so that their duration is unknown.
      """,
      remedy: "give a duration with --assume TASK=10m, or add the Task to the manifests"),
    FindingKind(
      "E0415", "a task's parameter gets no value, or one of another type",
      """
      Each parameter of a Task needs a value of its type from the pipeline, or a default; \
      otherwise the run fails before its first task.
      """,
      remedy: "give the parameter under params of the pipeline task"),
    FindingKind(
      "E0416", "a task uses a result that no task returns",
      """
      The task that is named does not declare the result, so that the run fails before its first \
      task.
      """,
      remedy: "declare the result in the Task, or correct the name"),
    FindingKind(
      "E0417", "an optional workspace for a task that requires it",
      """
      The pipeline may be run without the workspace, but its task may not; the run fails with \
      RequiredWorkspaceMarkedOptional.
      """,
      remedy: "make it optional in the Task too, or required in the pipeline"),
    FindingKind(
      "E0431", "a value in a matrix has the wrong type",
      """
      A matrix fans out over lists of texts; a list with numbers or true and false in it counts as one text. \
      The run fails with InvalidMatrixParameterTypes.
      """,
      remedy: "give a list of quoted texts in matrix.params, and texts in matrix.include"),
    FindingKind(
      "E0418", "a StepAction is not found",
      """
      The step gets its image and script from a StepAction that is not among the manifests, so \
      that its work is unknown.
      """,
      remedy: """
        add the StepAction to the manifests, correct the name, or give the task's duration with \
        --assume
        """),
    FindingKind(
      "E0420", "a feature flag with a value that it does not know",
      """
      Flags of the ConfigMap feature-flags are texts with a few allowed values; Tekton refuses the \
      ConfigMap with another one.
      """,
      remedy: "write one of the values that the message names"),
    FindingKind(
      "E0421", "a default of config-defaults that cannot be read",
      """
      Entries of the ConfigMap config-defaults hold for all runs; Tekton refuses the ConfigMap \
      when it cannot read one.
      """,
      remedy: "write a value of the kind that the message names"),
    FindingKind(
      "E0422", "a matrix with too many combinations",
      """
      A matrix makes a TaskRun for each combination of its values; Tekton refuses more than \
      default-max-matrix-combinations-count.
      """,
      remedy: "shorten the lists, or raise the limit in config-defaults"),
    FindingKind(
      "E0424", "a result of the pipeline that no task returns",
      """
      A pipeline's results are taken from those of its tasks; the one named is not declared, so \
      that the run fails with InvalidPipelineResultReference.
      """,
      remedy: "declare the result in the Task, or correct the name"),
    FindingKind(
      "E0425", "a parameter's value is not among the allowed ones",
      """
      The Pipeline lists the values that the parameter may have (enum); the run fails with \
      InvalidParamValue before its first task.
      """,
      remedy: "give one of the values that the message names, or extend the list"),
    FindingKind(
      "E0426", "the default of a parameter cannot be worked out",
      """
      A default may refer to other parameters, but not to itself through others, nor to what does \
      not exist; the run fails before its first task.
      """,
      remedy: "give the parameter a value, or a default without such references"),
    FindingKind(
      "N0401", "a run was made up",
      """
      No PipelineRun refers to the Pipeline. To have something to simulate, one is made with \
      placeholders for parameters and an emptyDir for each workspace.
      """,
      remedy: "write a PipelineRun with the real parameters and claims"),
    FindingKind(
      "N0410", "a built-in task is used",
      """
      The pipeline refers to a well-known task that is not among the manifests; gantry has its own \
      copy, which may differ from the one on the cluster.
      """,
      remedy: "add the cluster's Task to the manifests"),
    FindingKind(
      "N0412", "a condition that is not known before the run",
      """
      The condition compares a result, which exists only once its task has run. It is taken to \
      hold, so that the task runs.
      """,
      remedy: "give the result's value under 'results' of the scenario"),
    FindingKind(
      "N0423", "a matrix whose size is not known before the run",
      """
      Its list is a result, which exists only once its task has run; a single combination is \
      simulated.
      """,
      remedy: "give the list under 'results' of the scenario"),
    FindingKind(
      "N0424", "which version of Tekton's rules applies",
      """
      What Tekton accepts and how it runs tasks differ between versions. Unless the scenario names \
      one whose rules are known, the nearest one, or the one that the manifests need, is taken.
      """,
      remedy: "write tektonVersion in the scenario to choose"),
    FindingKind(
      "W0411", "a CEL expression that is not understood",
      """
      gantry evaluates the common part of CEL. The condition is taken to hold, so that the task \
      runs, which may be wrong.
      """,
      remedy: "write the condition as input, operator and values"),
    FindingKind(
      "W0422", "disable-affinity-assistant no longer has an effect",
      """
      In this version of Tekton only 'coschedule' decides whether pods that share a workspace are \
      kept on one node; with the old flag alone they still are.
      """,
      remedy: "set coschedule: disabled"),
    FindingKind(
      "E0430", "a setting of Tekton's controllers that cannot work",
      """
      Workers, replicas, and the requests that a client may send are numbers from 1; with others \
      the controllers do not start, do nothing, or fall back to their defaults.
      """,
      remedy: """
        give a number that the message allows (TektonConfig: spec.pipeline.performance; scenario: \
        tekton.performance), or leave the setting out
        """),
    FindingKind(
      "W0428", "replicas of Tekton's controllers that do nothing",
      """
      Leader election gives each bucket of objects to one replica; replicas beyond the buckets \
      wait for another one to fail.
      """,
      remedy: "raise buckets to the number of replicas (at most 10)"),
    FindingKind(
      "W0425", "a task will fail when it is reached",
      """
      Tekton notices the mistake only when the task's turn comes; until then the run looks \
      healthy, and the work of earlier tasks is lost. Most often the task binds two claims while \
      each claim has an affinity assistant, which keeps its pods on a node of its own: 'more than \
      one PersistentVolumeClaim is bound'.
      """,
      remedy: """
        with two claims, bind one to all workspaces and give each a subPath, or set coschedule: \
        disabled (with Tekton 0.59 disable-affinity-assistant: "true") if the claims can be mounted \
        on any node; else mend what the message names
        """),
  ]
}
