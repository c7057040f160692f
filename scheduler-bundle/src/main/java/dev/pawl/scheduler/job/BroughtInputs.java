package dev.pawl.scheduler.job;

import dev.pawl.scheduler.secret.SecretReference;
import dev.pawl.scheduler.secret.Vault;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.List;
import java.util.Map;

/**
 * Inputs that callers from outside choose. A text that refers to a secret would be replaced by it when the task starts, and one that looks like a
 * sealed value would be opened: neither may come from there.
 */
final class BroughtInputs {

    private BroughtInputs() {}

    /** Refuses inputs that would be more than values. */
    static void check(List<Map<String, Object>> inputs) {
        for (Map<String, Object> ofTask : inputs) {
            ofTask.forEach((name, value) -> {
                if (SecretReference.isOne(value) || Vault.isSealed(value)) {
                    throw new ProblemException(
                            ProblemCode.INVALID_INPUT,
                            name + " has the form of a reference to a secret, which no caller of a hook may bring; the"
                                    + " job of the hook may have it instead.");
                }
            });
        }
    }
}
