package dev.pawl.service.problem;

/** The codes of errors, each with an HTTP status, a cause and a remedy. A released code keeps its meaning. */
public enum ProblemCode {
    UNKNOWN_JOB("PAWL-100", 404, "No job has this id, or it has been removed.", "`pawl jobs` lists the jobs."),
    UNKNOWN_MODULE(
            "PAWL-101", 400, "A task names a module that is not installed.", "`pawl module list` lists the modules."),
    INVALID_INPUT(
            "PAWL-102",
            400,
            "An input is missing, unknown, of another type or outside its range.",
            "`pawl module show ID` shows the inputs and what they accept."),
    INVALID_SETTING(
            "PAWL-103",
            400,
            "A setting is unknown, of another type or outside its range.",
            "`pawl module show ID` shows the settings and what they accept."),
    INVALID_JOB(
            "PAWL-104", 400, "A field of the job is outside its range.", "Correct the field that the detail names."),
    AMBIGUOUS_JOB_ID("PAWL-112", 409, "Several jobs have ids that begin like this.", "Give more characters of the id."),
    JOB_RUNNING("PAWL-113", 409, "The job is running.", "Stop the job first."),
    JOB_FINAL(
            "PAWL-114", 409, "The job has ended already.", "A job that has ended cannot be changed; start a new one."),
    JOB_NOT_FAILED(
            "PAWL-122",
            409,
            "The job has neither failed nor been stopped.",
            "Only a failed or stopped job can be retried; start a new one instead."),
    PREREQUISITE_FAILED(
            "PAWL-123",
            409,
            "The job is to wait for the completion of one that has ended otherwise.",
            "Retry that job (`pawl retry ID`) and wait for the new one, or wait with `on: ended`."),
    JOB_NOT_ACTIVE(
            "PAWL-115",
            404,
            "The job is neither pending nor running, or there is no such job.",
            "Only a pending or running job can be stopped."),
    JOB_NOT_HELD(
            "PAWL-117",
            404,
            "No external worker holds this job, or there is no such job.",
            "Poll the queue for a job, and report its end before its lease expires."),
    RUN_TAKEN_OVER(
            "PAWL-118",
            409,
            "Another worker has the job since this one lost its lease.",
            "Leave the job to the worker that has it now, and poll for the next one."),
    NOTHING_QUEUED("PAWL-116", 404, "No waiting job is one that this worker can take.", "Poll again later."),
    NO_SUCH_ARTIFACT(
            "PAWL-120",
            404,
            "The job keeps no file of this path.",
            "`pawl artifacts ID` lists the artifacts of a job."),
    ARTIFACT_FILE_LOST(
            "PAWL-121",
            410,
            "The job keeps this file, but it is gone from the data folder.",
            "Run the job again, or bring the file back from a copy of the data folder."),

    NO_SUCH_MODULE("PAWL-200", 404, "No module has this id.", "`pawl module list` lists the modules."),
    NOT_A_BUNDLE(
            "PAWL-201",
            400,
            "The file is not a jar, or is damaged, or lacks the headers of a bundle.",
            "Give a jar that was built as an OSGi bundle."),
    NO_MODULE_INSIDE(
            "PAWL-202",
            400,
            "The bundle or folder has no module.",
            "Annotate a Module component with @AutomationModule and build the bundle again, or give a folder with a program a module.json."),
    UNRESOLVED(
            "PAWL-203",
            422,
            "The bundle imports packages or needs capabilities that nothing here offers.",
            "Embed the missing package in the bundle, or install the bundle that exports it."),
    MODULE_OWNED(
            "PAWL-204",
            409,
            "Another bundle brings a module with this id.",
            "Uninstall the bundle that has the module id, or choose another id."),
    ACTIVATION_FAILED(
            "PAWL-205",
            422,
            "The bundle was installed, but it or its module could not be started.",
            "The previous version is still installed; correct the module and install it again."),
    NO_FORMER_VERSION(
            "PAWL-206",
            409,
            "No former version is kept that fits.",
            "`pawl module show ID` lists the versions that are kept."),
    HASH_MISMATCH(
            "PAWL-207",
            400,
            "The digest of the jar is not the one that the request named.",
            "The jar does not have the expected digest; check where it came from."),
    UNTRUSTED(
            "PAWL-208",
            403,
            "The jar has no signature by a key that this server trusts.",
            "Sign the jar with a trusted key, or add its key to PAWL_TRUSTED_KEYS."),
    ARTIFACT_LOST(
            "PAWL-209",
            409,
            "The file of a version is missing from the data folder, or was changed there.",
            "Install the same jar again, or roll back to another version: `pawl module rollback ID`."),

    INVALID_MANIFEST(
            "PAWL-210",
            400,
            "The module.json of a module in a folder is missing something, or names what is not there.",
            "Correct the field of module.json that the detail names; docs/module-protocol.md lists the fields."),
    ENVIRONMENT_FAILED(
            "PAWL-211",
            422,
            "The Python or the packages that a module needs cannot be had here.",
            "Do what the detail says; docs/operations.md says where the packages of modules come from."),
    MODULES_BUSY(
            "PAWL-212",
            503,
            "Another server on the same store is changing modules.",
            "Try again in a moment; `pawl module show ID` tells what each server runs."),
    ROLL_OUT_LIVE(
            "PAWL-213",
            409,
            "A version of the module's bundle is being rolled out over the servers.",
            "Wait until it is done, `pawl module promote ID` when it is held, or `pawl module rollback ID` to go back."),
    NOTHING_HELD(
            "PAWL-214",
            409,
            "No version of the module is held on its first server.",
            "`pawl module show ID` tells whether one is being rolled out, and how far it is."),
    NOTHING_TO_HOLD(
            "PAWL-215",
            409,
            "A version can be held on the first of several servers only; this server has its store alone.",
            "Leave canary out, or let several servers share a PostgreSQL store: docs/cluster.md tells how."),
    SOURCE_REFUSED(
            "PAWL-221",
            403,
            "The server may not fetch modules from there.",
            "Add the host to PAWL_MODULE_HOSTS, or the folder to PAWL_MODULE_FOLDERS, and start the server again."),
    SOURCE_FAILED(
            "PAWL-222",
            502,
            "A module could not be fetched from its source.",
            "Check the address, the branch and the server's access to it, and try again."),
    SOURCE_BUSY(
            "PAWL-223",
            409,
            "Modules are being fetched for another request.",
            "Try again when the other request has ended."),
    SOURCE_UNREADABLE(
            "PAWL-220",
            403,
            "The server's user may not read the file or folder.",
            "Let the server's user read the file, or send the jar itself."),

    MALFORMED(
            "PAWL-300",
            400,
            "The request has an unknown field or parameter, a missing one, or one of the wrong type.",
            "Correct the request as the detail says."),
    NOT_FOUND("PAWL-301", 404, "No route has this path.", "See /docs for the available routes."),
    METHOD_NOT_ALLOWED(
            "PAWL-302",
            405,
            "The path has routes, but none for this method.",
            "See /docs for the methods of this route."),
    TOO_LARGE(
            "PAWL-303",
            413,
            "The body, a value in it or the request's head is larger than its limit.",
            "Send less, as the detail says."),
    UNSUPPORTED_TYPE(
            "PAWL-304",
            415,
            "The body has a content type that the route does not take.",
            "Send the content type that the detail names."),
    RANGE_OUTSIDE(
            "PAWL-306",
            416,
            "The range begins behind the end of the file.",
            "Ask for a range within the size that the detail names."),
    NOT_ACCEPTABLE(
            "PAWL-307",
            406,
            "The request's Accept excludes every type in which this route answers.",
            "Accept the type that the detail names."),
    REQUEST_UNDER_WAY(
            "PAWL-310",
            409,
            "The first request with this Idempotency-Key has no answer yet.",
            "Send the same request again after the time in Retry-After."),
    KEY_OF_ANOTHER_REQUEST(
            "PAWL-311",
            422,
            "The Idempotency-Key was sent with another request in the last 24 hours.",
            "Send each new request with a new key, and a repeated one unchanged."),
    CHANGED_MEANWHILE(
            "PAWL-312",
            412,
            "What the request would change is not in the state that If-Match or If-None-Match names.",
            "Read it again, and send the change with its current ETag."),
    TOO_MANY_TO_SORT(
            "PAWL-313",
            400,
            "More jobs than can be sorted match the filter, and no index has this order.",
            "Narrow the list by status, module, since or until, or list it by created."),
    TOO_SLOW(
            "PAWL-305", 408, "The request did not arrive whole within its time.", "Send the body without long pauses."),

    UNAUTHORIZED(
            "PAWL-400",
            401,
            "The request has no token, or one that is unknown.",
            "Send the token of <data>/admin.token as `Authorization: Bearer …`."),
    FORBIDDEN(
            "PAWL-401",
            403,
            "The token has a role that may not do this.",
            "Use a token with the role that the detail names."),
    UNKNOWN_TOKEN("PAWL-404", 404, "No token has this id.", "`pawl token list` lists the tokens."),
    TOKEN_REFUSED(
            "PAWL-405",
            409,
            "The token cannot be made or removed beside the others.",
            "`pawl token rotate` replaces the admin token of the data folder; for others the detail says what is in the way."),
    WRONG_TOKENS(
            "PAWL-406",
            429,
            "Many wrong tokens came from this address in a short time, and this one is wrong too.",
            "Use a token that is in force; requests with one are answered as ever."),
    OUT_OF_BOUNDS(
            "PAWL-407",
            403,
            "The token is bound to some modules, to its own jobs, or to the jobs of its workers, and this is outside.",
            "Use a token without these bounds; `pawl token self` shows them."),
    FOREIGN_ORIGIN(
            "PAWL-402",
            403,
            "The request comes from a web page of another origin, or was meant for another host.",
            "Add the origin to PAWL_CORS_ORIGINS, or call the server by its own address."),

    ROLE_NEEDED(
            "PAWL-403",
            403,
            "The module takes jobs only from callers with a higher role.",
            "Ask someone with the role that the detail names to start the job."),

    ISSUER_UNAVAILABLE(
            "PAWL-410",
            503,
            "The issuer of the token cannot be asked for its keys.",
            "Try again once the issuer answers; tokens made with `pawl token create` work without it."),

    SIGN_IN_NOT_OFFERED(
            "PAWL-411",
            404,
            "No issuer is set up to sign people in.",
            "Sign in with a token or by `pawl open`; PAWL_OIDC_CLIENT_ID and PAWL_PUBLIC_URL set an issuer up."),
    SIGN_IN_FAILED(
            "PAWL-412",
            403,
            "The issuer has refused the sign-in, or its answer does not belong to one that this browser began.",
            "Begin again at /session; if the detail names a setting, ask the one who runs the server."),

    UNKNOWN_CALLBACK(
            "PAWL-430",
            404,
            "The job tells nobody of this event, or has not come to it.",
            "The job's callbacks have the ids, as `pawl job` shows them."),

    UNKNOWN_HOOK(
            "PAWL-440", 404, "No hook has this name, or it has been removed.", "`pawl hook list` lists the hooks."),
    INVALID_HOOK(
            "PAWL-441",
            400,
            "A field of the hook is malformed or outside its range, or does not fit the others.",
            "Correct the hook as the detail says; `pawl hook test` shows what a call would come to."),
    HOOK_REFUSED(
            "PAWL-442",
            401,
            "There is no such hook, or the call does not prove that its caller knows the hook's secret.",
            "Give the sender the address and the secret of the hook; `pawl hook deliveries` shows why calls were refused."),
    HOOK_MISMATCH(
            "PAWL-443",
            422,
            "The call lacks a value that the hook takes from it, or has one that the hook cannot take.",
            "Correct the mapping of the hook, or what the sender sends."),
    DELIVERY_KNOWN(
            "PAWL-444",
            409,
            "A delivery with this id has started a job already.",
            "Nothing is to be done: the earlier delivery counts."),
    HOOK_CHANGED(
            "PAWL-445",
            409,
            "The hook was changed again and again at the same time.",
            "Read the hook again, and repeat the change if it is still wanted."),
    CALLBACK_SOURCE_TAKEN(
            "PAWL-446",
            409,
            "Another hook starts jobs from the callbacks of this source.",
            "Choose another callback_source, or take it from the hook that the detail names."),
    NOT_IN_INBOX(
            "PAWL-447",
            404,
            "The inbox keeps no callback of this id, or it was removed.",
            "`pawl callbacks list` lists the callbacks."),
    SECRET_UNREADABLE(
            "PAWL-448",
            409,
            "A secret that the server keeps does not open with its key, or refers to a text that is not there.",
            "Give the secret again, or bring back what the detail names."),
    UNKNOWN_NOTIFICATION(
            "PAWL-450", 404, "There is no notification of this name.", "`pawl notify list` lists the notifications."),
    INVALID_NOTIFICATION(
            "PAWL-451",
            400,
            "The notification cannot be set like this.",
            "Correct the field that the detail names; docs/notifications.md describes all of them."),
    NOTIFICATION_CHANGED(
            "PAWL-452",
            409,
            "The notification was changed at the same time.",
            "Read the notification again, and repeat the change if it is still wanted."),
    TOO_MANY_NOTIFICATIONS(
            "PAWL-453",
            409,
            "There are as many notifications as there can be.",
            "Remove one that is not needed, or tell several places by one: a rule of email takes several addresses."),

    UNKNOWN_WORKER(
            "PAWL-500",
            404,
            "No worker of this id has sent a heartbeat recently.",
            "`pawl workers` lists the workers."),
    TOO_MANY_DISABLED(
            "PAWL-502",
            409,
            "The list of workers that may take no jobs is full.",
            "Enable workers again that no longer exist."),
    UNKNOWN_DOCUMENT(
            "PAWL-510", 404, "The module keeps no document of this name.", "`pawl data put` stores a document."),
    PROXY_OFF(
            "PAWL-520",
            409,
            "The server has no proxy, or the list of hosts that may be reached through it is empty.",
            "Start the server with PAWL_PROXY_URL and PAWL_PROXY_HOSTS, as docs/operations.md describes."),

    UNKNOWN_SECRET(
            "PAWL-530", 404, "The server keeps no secret of this name.", "`pawl secret list` lists the secrets."),
    SECRET_KEY_MISSING(
            "PAWL-531",
            409,
            "Secrets are kept, but the key that they are encrypted with is not in the data folder, or is damaged.",
            "Put the former secret.key back; or remove these secrets, whose values cannot be read without it, and set them again."),

    STORE_UNAVAILABLE(
            "PAWL-600",
            503,
            "The store or a file of the server cannot be read or written; nothing was changed.",
            "The detail says what is wrong; the store recovers by itself once that is fixed."),
    STORE_UNCONFIRMED(
            "PAWL-615",
            503,
            "The store has not confirmed the change in time; it may still be made.",
            "Check the current state before you try again: the change may still be made."),
    UNIQUE_KEY_TAKEN(
            "PAWL-616",
            409,
            "Another job holds the unique key.",
            "Choose another key, or on_conflict=replace, or wait until the job that the detail names lets the key go."),
    BACKUP_REFUSED(
            "PAWL-604",
            409,
            "The file exists and may not be replaced.",
            "Name another file, or allow the existing one to be replaced."),
    BACKUP_FAILED(
            "PAWL-605",
            422,
            "The backup could not be made or read at this place.",
            "The detail says what prevented it; nothing was changed."),
    UNKNOWN_SCHEDULE(
            "PAWL-700",
            404,
            "No schedule has this name, or it has been removed.",
            "`pawl schedule list` lists the schedules."),
    INVALID_SCHEDULE(
            "PAWL-701",
            400,
            "The times of the schedule are malformed, can never come, or come more often than once a second.",
            "Correct the schedule as the detail says; `pawl schedule next` shows its times before it is kept."),
    SCHEDULE_CHANGED(
            "PAWL-702",
            409,
            "The schedule was changed, removed or fired at the same moment.",
            "Read the schedule again, and repeat the change if it is still wanted."),
    SHUTTING_DOWN("PAWL-601", 503, "The server is stopping.", "Try again when the server is back."),
    SERVER_DRAINED(
            "PAWL-607",
            503,
            "The server is drained: it answers, and takes no jobs.",
            "`pawl drain --undo` lets it take jobs again."),
    PART_MISSING(
            "PAWL-603",
            503,
            "A part of the server that the request needs is missing, starting or stopping.",
            "It may still be starting; otherwise the server's log says why it is missing."),
    HEALTH_CHECK_FAILED(
            "PAWL-606",
            503,
            "A health check of a bundle that is not Pawl's own is not passed, or does not answer.",
            "The detail names the check and says what it found; it counts for what its tags name, ready or live."),
    OVERLOADED(
            "PAWL-610",
            503,
            "All clients together hold as much memory, or as many places, as the server gives them.",
            "Try again after the time in Retry-After; PAWL_HEAP gives the server more memory."),
    INTERNAL(
            "PAWL-602",
            500,
            "The server failed at this request by a mistake of its own.",
            "This is a bug; the server's log has the stack trace.");

    private final String id;
    private final int status;
    private final String cause;
    private final String remedy;

    ProblemCode(String id, int status, String cause, String remedy) {
        this.id = id;
        this.status = status;
        this.cause = cause;
        this.remedy = remedy;
    }

    /** The stable code, such as {@code PAWL-101}. */
    public String id() {
        return id;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** The cause in general, a sentence; each problem names its own in its detail. */
    public String cause() {
        return cause;
    }

    /** The remedy, a sentence. */
    public String remedy() {
        return remedy;
    }
}
