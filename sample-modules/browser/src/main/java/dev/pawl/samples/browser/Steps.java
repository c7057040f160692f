package dev.pawl.samples.browser;

import dev.pawl.api.module.ValidationException;
import dev.pawl.web.RefusedCallException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps of a task, checked before anything is done. */
final class Steps {

    private final List<Step> all;
    private final AllowedHosts hosts;
    private final Map<String, String> secrets;
    private final boolean mayEvaluate;

    Steps(List<Step> all, AllowedHosts hosts, Map<String, String> secrets, boolean mayEvaluate) {
        this.all = all;
        this.hosts = hosts;
        this.secrets = secrets;
        this.mayEvaluate = mayEvaluate;
    }

    /** Checks each step. */
    void check() throws ValidationException {
        if (all.isEmpty()) {
            throw new ValidationException("steps is empty; it takes at least one step, the first a goto.");
        }
        for (int n = 0; n < all.size(); n++) {
            try {
                check(all.get(n), n);
            } catch (ValidationException e) {
                throw new ValidationException("Step " + (n + 1) + ": " + e.getMessage() + ".");
            }
        }
    }

    private void check(Step step, int n) throws ValidationException {
        Action.check(step);
        if (n == 0 && step.action() != Action.GOTO) {
            throw new ValidationException("the first step is a goto, since there is no page yet");
        }
        String reason =
                switch (step.action()) {
                    case GOTO -> address(step.url());
                    case FILL -> fill(step);
                    case SELECT ->
                        (step.value() == null) == (step.label() == null)
                                ? "select takes either a value or a label"
                                : null;
                    case PRESS ->
                        Keys.isKnown(String.valueOf(step.key()))
                                ? null
                                : "the key \"" + step.key() + "\" is unknown; it takes " + Keys.names();
                    case EXTRACT -> extract(step);
                    case SCREENSHOT, PDF -> capture(step);
                    case EVALUATE ->
                        mayEvaluate
                                ? null
                                : "evaluate is off: an admin allows it by the setting allow_evaluate of the module browser";
                    case WAIT_FOR, CLICK -> null;
                };
        if (reason != null) {
            throw new ValidationException(reason);
        }
    }

    private @Nullable String address(@Nullable String url) {
        String text = String.valueOf(url);
        if (!text.matches("(?is)https?://.*")) {
            return "addresses begin with http:// or https://, and not like "
                    + text.substring(0, Math.min(20, text.length()));
        }
        try {
            URI address = new URI(text);
            hosts.check(address);
            return null;
        } catch (RefusedCallException e) {
            return AllowedHosts.clause(e, String.valueOf(URI.create(text).getHost()));
        } catch (URISyntaxException e) {
            return "the url \"" + url + "\" is no address: " + e.getReason();
        }
    }

    private @Nullable String fill(Step step) {
        if ((step.value() == null) == (step.secret() == null)) {
            return "fill takes either a value or a secret";
        }
        return step.secret() == null || secrets.containsKey(step.secret())
                ? null
                : "the input secrets has no \"" + step.secret() + "\"";
    }

    private static @Nullable String extract(Step step) {
        int ways = (step.attribute() == null ? 0 : 1)
                + (Boolean.TRUE.equals(step.html()) ? 1 : 0)
                + (step.fields() == null ? 0 : 1);
        return ways > 1 ? "extract takes one of attribute, html and fields" : null;
    }

    private static @Nullable String capture(Step step) {
        if (!Captures.isName(String.valueOf(step.name()))) {
            return "the name \"" + step.name() + "\" takes letters, digits, dots, hyphens and underscores, at most 100";
        }
        return step.selector() != null && Boolean.TRUE.equals(step.fullPage())
                ? "screenshot takes either a selector or full_page"
                : null;
    }

    int count() {
        return all.size();
    }

    Step get(int n) {
        return all.get(n);
    }

    /** The value that a fill enters. */
    String entered(Step step) {
        return step.secret() == null ? String.valueOf(step.value()) : String.valueOf(secrets.get(step.secret()));
    }

    /** The place behind the group that begins there: at the next goto, or at the end. */
    int groupEnd(int begin) {
        int n = begin + 1;
        while (n < all.size() && all.get(n).action() != Action.GOTO) {
            n++;
        }
        return n;
    }

    /** A step in words, such as {@code step 3 (click #go)}. */
    String name(int n) {
        Step step = all.get(n);
        String what = step.url() != null
                ? withoutPassword(step.url())
                : step.selector() != null ? step.selector() : step.key();
        return "step " + (n + 1) + " (" + step.action().word() + (what == null ? "" : " " + what) + ")";
    }

    static String withoutPassword(String address) {
        return address.replaceFirst("//[^/?#@]*@", "//");
    }
}
