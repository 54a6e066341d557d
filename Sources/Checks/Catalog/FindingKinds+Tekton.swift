import GantryModel

extension FindingKinds {
  /// Kinds of findings of Tekton's own rules, as its admission webhook applies them.
  static let tekton: [FindingKind] = [
    FindingKind(
      "E0101", "not a duration",
      """
      Tekton reads durations as Go does: numbers with units and no spaces, without days. It \
      refuses anything else.
      """,
      remedy: "write something like 90s, 5m or 1h30m"),
    FindingKind(
      "E0102", "a container's resources are no quantity",
      "Requests and limits are quantities of Kubernetes; the API server refuses the object.",
      remedy: "write something like 500m, 2 or 1Gi"),
    FindingKind(
      "E0110", "not a valid name",
      """
      Names become parts of object names, labels, paths and variables, which allow certain \
      characters only; Tekton refuses the object.
      """,
      remedy: """
        use letters, digits and dashes, lower-case for objects, tasks and steps, and no reserved \
        name
        """),
    FindingKind(
      "E0111", "a name is used twice",
      """
      Names are how tasks, steps, parameters, workspaces and results are referred to; with two of \
      one name it is open which is meant, and Tekton refuses it.
      """,
      remedy: "rename or remove one of them"),
    FindingKind(
      "E0112", "not exactly one of the alternatives",
      """
      A reference and an embedded definition exclude each other, and one of them has to be there; \
      Tekton refuses both and neither.
      """,
      remedy: "write exactly one of the fields that the message names"),
    FindingKind(
      "E0113", "a field that Tekton requires is missing",
      "Without a name, image, step or reference the object cannot run; Tekton refuses it.",
      remedy: "add the field that the message names"),
    FindingKind(
      "E0114", "a custom task is not declared as such",
      """
      What has another kind than Task is run by another controller, which Tekton finds by \
      apiVersion and kind. A misspelt 'kind: Task' looks the same.
      """,
      remedy: "give apiVersion as group/version and kind, or write 'kind: Task'"),
    FindingKind(
      "E0115", "a feature needs a less stable API level",
      """
      Tekton lets features in by 'enable-api-fields' (stable, beta or alpha), and refuses an \
      object that uses more than that.
      """,
      remedy: """
        raise enable-api-fields in feature-flags (tekton.featureFlags of the scenario), or do \
        without the feature
        """),
    FindingKind(
      "E0116", "a feature is switched off",
      """
      The feature has a flag of its own in the ConfigMap feature-flags; without it Tekton refuses \
      the object.
      """,
      remedy: """
        switch the flag on in feature-flags (tekton.featureFlags of the scenario), or do without the \
        feature
        """),
    FindingKind(
      "E0117", "final tasks are used wrongly",
      """
      Tasks under 'finally' start together when all others have ended. They need such others, and \
      have no order among themselves.
      """,
      remedy: "give the pipeline tasks, and remove runAfter below finally"),
    FindingKind(
      "E0118", "a task depends on a task that is not there",
      """
      Order comes from runAfter and from results; a name that no task has leaves the order \
      undefined, and Tekton refuses the pipeline.
      """,
      remedy: "name a task of this pipeline"),
    FindingKind(
      "E0119", "tasks wait for each other in a circle",
      """
      Each task of the circle waits for the next one, so that none could ever start; Tekton \
      refuses the pipeline.
      """,
      remedy: "remove one runAfter or result reference of the circle"),
    FindingKind(
      "E0120", "a variable that does not exist",
      """
      Tekton puts in what $(…) names before a step starts; it refuses an unknown name, which most \
      often is misspelt or not declared.
      """,
      remedy: "declare the parameter or result, or correct the name"),
    FindingKind(
      "E0121", "a variable used where its type does not fit",
      """
      An array or object stands for several texts, so that it cannot be put into the middle of \
      one; StepActions allow no parameters in scripts at all.
      """,
      remedy: """
        use $(params.NAME[*]) as an element of its own, an index or a key; pass parameters to a \
        StepAction's script through env
        """),
    FindingKind(
      "E0122", "a parameter's declaration contradicts itself",
      """
      Type, default, properties and allowed values have to fit together, or no value could ever be \
      right.
      """,
      remedy: "make type, default, properties and enum agree"),
    FindingKind(
      "E0123", "a workspace that is not declared",
      """
      A task gets only workspaces that the Pipeline or Task declares; the name leads nowhere, and \
      Tekton refuses the object.
      """,
      remedy: "declare the workspace, or correct the name"),
    FindingKind(
      "E0124", "a workspace binding without exactly one volume",
      """
      A binding says what is behind the workspace: a claim, a template of one, an emptyDir, a \
      ConfigMap, a Secret, a projection or a CSI volume.
      """,
      remedy: "give it exactly one source, with the fields that source needs"),
    FindingKind(
      "E0125", "a when expression is incomplete",
      """
      A condition compares an input with values by 'in' or 'notin', or is one CEL expression; \
      Tekton refuses anything else.
      """,
      remedy: "write input, operator (in or notin) and values, or cel alone"),
    FindingKind(
      "E0126", "a matrix contradicts itself or its users",
      """
      A matrix runs a task once for each combination, up to a limit. Each parameter has one \
      source, and the results, which are strings, are read as a whole.
      """,
      remedy: """
        give a parameter in matrix or params, stay below the limit, and read results with [*]
        """),
    FindingKind(
      "E0127", "retries or onError with a value that does not fit",
      """
      onError knows 'continue' and 'stopAndFail', retries count from 0, and a task that goes on \
      after an error cannot also be retried.
      """,
      remedy: "write an allowed value, and either 'onError: continue' or retries"),
    FindingKind(
      "E0128", "timeouts are negative or do not fit into each other",
      """
      The time of tasks and final tasks is part of the pipeline's time; a part longer than the \
      whole could never be used up, and Tekton refuses it.
      """,
      remedy: """
        write durations from 0, with tasks plus finally no longer than pipeline, in 'timeouts' alone
        """),
    FindingKind(
      "E0129", "a result is referred to where there is none",
      """
      Results are known once their task has ended: a run's parameters come too early, final tasks \
      do not see each other's, and other names lead nowhere.
      """,
      remedy: "write $(tasks.TASK.results.RESULT) with a task of the pipeline that ends before"),
    FindingKind(
      "E0130", "script together with command",
      """
      A script is the command of its step, so that another one has no meaning; Tekton refuses the \
      step, also when the command comes from the stepTemplate.
      """,
      remedy: "keep one of them; a script takes args"),
    FindingKind(
      "E0131", "a mount that Tekton does not allow",
      """
      Tekton keeps its own files under /tekton and in volumes called tekton-internal-…, and two \
      mounts in one place would hide each other.
      """,
      remedy: """
        mount elsewhere, under a name of its own; a StepAction names its volume by a parameter
        """),
    FindingKind(
      "E0132", "a field that Tekton has removed",
      """
      PipelineResources and bundles in references are gone from the API; a current Tekton refuses \
      objects that still use them.
      """,
      remedy: "use workspaces, parameters and results, and the resolver 'bundles'"),
    FindingKind(
      "E0133", "fields that do not go with a step's reference",
      """
      A step either refers to a StepAction, which brings its image and script, or has its own. \
      Parameters are only for a reference.
      """,
      remedy: "move the fields into the StepAction, or drop the reference"),
    FindingKind(
      "E0134", "a status that nobody may ask for",
      """
      The status of a new run is a request to cancel it or to let it wait, in one of a few words; \
      Tekton refuses others.
      """,
      remedy: "remove status, or write one of the values that the message names"),
    FindingKind(
      "E0135", "a result's declaration is wrong",
      """
      A result has a type, an object its properties as strings, and a value only as a reference to \
      the result of a step.
      """,
      remedy: "write the type and properties, and as value $(steps.STEP.results.RESULT)"),
    FindingKind(
      "E0136", "a task's status is read where it is not known",
      """
      How a task ended is known when all have ended, so that only final tasks may read \
      $(tasks.TASK.status), and only of tasks of the pipeline.
      """,
      remedy: "move the reader to finally, and name a task of the pipeline"),
    FindingKind(
      "E0137", "a kind that Tekton does not have in this version",
      """
      A cluster answers 'no matches for kind'. ClusterTask, for one, was removed in Tekton 1.0.
      """,
      remedy: """
        write a kind and apiVersion that the version has, or choose another tekton.version
        """),
    FindingKind(
      "E0138", "resources for the task and for its steps",
      """
      computeResources of a TaskRun is shared out over its steps, so that steps cannot have their \
      own beside it; Tekton refuses both.
      """,
      remedy: "keep computeResources, or those of stepSpecs"),
    FindingKind(
      "W0139", "an unknown context variable that Tekton passes over",
      """
      Tekton looks at the context variables of the last task only and lets this one pass: the step \
      gets the text $(context.…) itself instead of a value.
      """,
      remedy: "write a context variable that exists, such as $(context.pipelineRun.name)"),
  ]
}
