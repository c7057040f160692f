package dev.pawl.http.resource;

import dev.pawl.http.route.Call;
import dev.pawl.http.route.Query;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.Locale;
import java.util.Set;

/** The parameters of changes of modules, and the options that they stand for. */
final class DeployQuery {

    static final Query MODE =
            Query.choice("mode", UpdateMode.class, "move", "What happens to the module's running jobs.");
    static final Query DRY_RUN = Query.flag("dry_run", "Only reports what would happen.");
    static final Query DRAIN_TIMEOUT = Query.duration(
            "drain_timeout", "30s", "With mode=move: how long to wait for the jobs' checkpoints, at most 1h.");
    static final Query SHA256 = Query.text("sha256", "The expected digest of the jar, in hexadecimal digits.");

    static final Query CANARY = Query.integer(
            "canary", 0, 1, 0, "1 holds the version on the first of several servers until it is promoted.");

    /** The names of those that an upload takes. */
    static final Set<String> OF_UPLOADS =
            Set.of(MODE.name(), DRY_RUN.name(), DRAIN_TIMEOUT.name(), SHA256.name(), CANARY.name());

    private DeployQuery() {}

    private static UpdateMode mode(Call call) {
        return UpdateMode.valueOf(call.text(MODE).orElseThrow().toUpperCase(Locale.ROOT));
    }

    /** The options of an installation. */
    static InstallOptions installing(Call call) {
        return new InstallOptions(holding(call), call.text(SHA256).orElse(null));
    }

    /** The options of enabling a module, of which no job runs. */
    static ChangeOptions enabling(Call call) {
        ChangeOptions options = ChangeOptions.by(call.actor().who());
        return call.flag(DRY_RUN) ? options.dry() : options;
    }

    /** The options of a change that may be held on the first server. */
    static ChangeOptions holding(Call call) {
        ChangeOptions options = changing(call);
        return call.integer(CANARY) == 1 ? options.held() : options;
    }

    /** The options of any change. */
    static ChangeOptions changing(Call call) {
        try {
            return new ChangeOptions(
                    mode(call),
                    call.duration(DRAIN_TIMEOUT),
                    call.flag(DRY_RUN),
                    call.actor().who());
        } catch (IllegalArgumentException e) { // a value outside its range: the message names both
            throw new ProblemException(ProblemCode.MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }
}
