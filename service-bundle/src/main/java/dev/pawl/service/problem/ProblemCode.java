package dev.pawl.service.problem;

/** The codes of errors, each with an HTTP status and a remedy. A released code keeps its meaning. */
public enum ProblemCode {
    UNKNOWN_JOB("PAWL-100", 404, "`pawl jobs` lists the jobs."),
    UNKNOWN_MODULE("PAWL-101", 400, "`pawl module list` lists the modules."),
    INVALID_INPUT("PAWL-102", 400, "`pawl module show ID` shows the inputs and what they accept."),
    INVALID_SETTING("PAWL-103", 400, "`pawl module show ID` shows the settings and what they accept."),
    INVALID_JOB("PAWL-104", 400, "Correct the field that the detail names."),
    AMBIGUOUS_JOB_ID("PAWL-112", 409, "Give more characters of the id."),
    JOB_RUNNING("PAWL-113", 409, "Stop the job first."),
    JOB_FINAL("PAWL-114", 409, "A job that has ended cannot be changed; start a new one."),
    JOB_NOT_ACTIVE("PAWL-115", 404, "Only a pending or running job can be stopped."),
    JOB_NOT_HELD("PAWL-117", 404, "Poll the queue for a job, and report its end before its lease expires."),
    RUN_TAKEN_OVER("PAWL-118", 409, "Leave the job to the worker that has it now, and poll for the next one."),
    NOTHING_QUEUED("PAWL-116", 404, "Poll again later."),
    NO_SUCH_ARTIFACT("PAWL-120", 404, "`pawl artifacts ID` lists the artifacts of a job."),
    ARTIFACT_FILE_LOST("PAWL-121", 410, "Run the job again, or bring the file back from a copy of the data folder."),

    NO_SUCH_MODULE("PAWL-200", 404, "`pawl module list` lists the modules."),
    NOT_A_BUNDLE("PAWL-201", 400, "Give a jar that was built as an OSGi bundle."),
    NO_MODULE_INSIDE("PAWL-202", 400, "Annotate a Module component with @AutomationModule and build the bundle again."),
    UNRESOLVED("PAWL-203", 422, "Embed the missing package in the bundle, or install the bundle that exports it."),
    MODULE_OWNED("PAWL-204", 409, "Uninstall the bundle that has the module id, or choose another id."),
    ACTIVATION_FAILED(
            "PAWL-205", 422, "The previous version is still installed; correct the module and install it again."),
    NO_FORMER_VERSION("PAWL-206", 409, "There is no such version to roll back to."),
    HASH_MISMATCH("PAWL-207", 400, "The jar does not have the expected digest; check where it came from."),
    UNTRUSTED("PAWL-208", 403, "Sign the jar with a trusted key, or add its key to PAWL_TRUSTED_KEYS."),
    ARTIFACT_LOST(
            "PAWL-209", 409, "Install the same jar again, or roll back to another version: `pawl module rollback ID`."),

    SOURCE_UNREADABLE("PAWL-220", 403, "Let the server's user read the file, or send the jar itself."),

    MALFORMED("PAWL-300", 400, "Correct the request as the detail says."),
    NOT_FOUND("PAWL-301", 404, "See /docs for the available routes."),
    METHOD_NOT_ALLOWED("PAWL-302", 405, "See /docs for the methods of this route."),
    TOO_LARGE("PAWL-303", 413, "Send less, as the detail says."),
    UNSUPPORTED_TYPE("PAWL-304", 415, "Send the content type that the detail names."),
    RANGE_OUTSIDE("PAWL-306", 416, "Ask for a range within the size that the detail names."),
    TOO_SLOW("PAWL-305", 408, "Send the body without long pauses."),

    UNAUTHORIZED("PAWL-400", 401, "Send the token of <data>/admin.token as `Authorization: Bearer …`."),
    FORBIDDEN("PAWL-401", 403, "Use a token with the role that the detail names."),
    FOREIGN_ORIGIN("PAWL-402", 403, "Add the origin to PAWL_CORS_ORIGINS, or call the server by its own address."),

    ROLE_NEEDED("PAWL-403", 403, "Ask someone with the role that the detail names to start the job."),

    UNKNOWN_WORKER("PAWL-500", 404, "`pawl workers` lists the workers."),
    NOT_IMPLEMENTED("PAWL-501", 501, "The detail says what to use instead."),
    TOO_MANY_DISABLED("PAWL-502", 409, "Enable workers again that no longer exist."),
    UNKNOWN_DOCUMENT("PAWL-510", 404, "`pawl data put` stores a document."),
    PROXY_OFF(
            "PAWL-520",
            409,
            "Start the server with PAWL_PROXY_URL and PAWL_PROXY_HOSTS, as docs/operations.md describes."),

    STORE_UNAVAILABLE(
            "PAWL-600", 503, "The detail says what is wrong; the store recovers by itself once that is fixed."),
    STORE_UNCONFIRMED("PAWL-615", 503, "Check the current state before you try again: the change may still be made."),
    UNIQUE_KEY_TAKEN("PAWL-616", 409, "Choose another key, or wait until the job that holds it has ended."),
    BACKUP_REFUSED("PAWL-604", 409, "Name another file, or allow the existing one to be replaced."),
    BACKUP_FAILED("PAWL-605", 422, "The detail says what prevented it; nothing was changed."),
    SHUTTING_DOWN("PAWL-601", 503, "Try again when the server is back."),
    PART_MISSING("PAWL-603", 503, "It may still be starting; otherwise the server's log says why it is missing."),
    OVERLOADED("PAWL-610", 503, "Try again after the time in Retry-After; PAWL_HEAP gives the server more memory."),
    INTERNAL("PAWL-602", 500, "This is a bug; the server's log has the stack trace.");

    private final String id;
    private final int status;
    private final String remedy;

    ProblemCode(String id, int status, String remedy) {
        this.id = id;
        this.status = status;
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

    /** The remedy, a sentence. */
    public String remedy() {
        return remedy;
    }
}
