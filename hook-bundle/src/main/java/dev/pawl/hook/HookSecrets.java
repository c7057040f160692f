package dev.pawl.hook;

import dev.pawl.service.hook.HookAuth;
import dev.pawl.service.hook.Hooks;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.secret.SecretSeal;
import org.jspecify.annotations.Nullable;

/** The secrets of hooks: sealed while they are kept, open while a call is checked, masked when they are shown. */
final class HookSecrets {

    private final SecretSeal seal;

    HookSecrets(SecretSeal seal) {
        this.seal = seal;
    }

    /**
     * The proof as it is kept.
     *
     * @param former that of the hook which this one replaces, as it is kept; null when there is none
     */
    HookAuth sealed(String hook, HookAuth given, @Nullable HookAuth former) {
        return given.withSecrets(
                sealed(hook, "secret", given.secret(), former == null ? null : former.secret()),
                sealed(hook, "former_secret", given.formerSecret(), former == null ? null : former.formerSecret()));
    }

    private @Nullable String sealed(String hook, String field, @Nullable String given, @Nullable String former) {
        if (given == null) {
            return null;
        }
        if (!given.equals(Hooks.MASK)) {
            String sealed = seal.sealed(place(hook, field), given);
            seal.opened(
                    place(hook, field), sealed); // a reference that leads nowhere is refused now, not at the first call
            return sealed;
        }
        if (former == null) {
            throw new ProblemException(
                    ProblemCode.INVALID_HOOK, field + " is " + Hooks.MASK + ", and there is none before; give it.");
        }
        return former;
    }

    /** The proof with its secrets open. */
    HookAuth opened(String hook, HookAuth kept) {
        return kept.withSecrets(
                opened(hook, "secret", kept.secret()), opened(hook, "former_secret", kept.formerSecret()));
    }

    private @Nullable String opened(String hook, String field, @Nullable String kept) {
        return kept == null ? null : seal.opened(place(hook, field), kept);
    }

    /** The proof as it is shown. */
    static HookAuth masked(HookAuth kept) {
        return kept.withSecrets(
                kept.secret() == null ? null : Hooks.MASK, kept.formerSecret() == null ? null : Hooks.MASK);
    }

    private static String place(String hook, String field) {
        return "hook " + hook + " " + field;
    }
}
