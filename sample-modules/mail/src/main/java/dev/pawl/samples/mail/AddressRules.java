package dev.pawl.samples.mail;

import dev.pawl.api.module.ValidationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The addresses that a setting allows: {@code a@example.org}, {@code example.org} (with or without @ before it), {@code *.example.org} for
 * the domains below it, {@code *} for all.
 */
final class AddressRules {

    private final String setting;
    private final List<String> rules;

    private AddressRules(String setting, List<String> rules) {
        this.setting = setting;
        this.rules = rules;
    }

    /** Reads the rules of a setting. */
    static AddressRules of(String setting, List<String> texts) throws ValidationException {
        List<String> rules = new ArrayList<>();
        for (String text : texts) {
            rules.add(rule(setting, text.strip()));
        }
        return new AddressRules(setting, rules);
    }

    private static String rule(String setting, String text) throws ValidationException {
        if (text.equals("*")) {
            return text;
        }
        if (text.indexOf('@') > 0) {
            return Mailbox.of("The setting " + setting, text).address().toLowerCase(Locale.ROOT);
        }
        String prefix = text.startsWith("*.") ? "*." : "@";
        String domain =
                Mailbox.domain(text.startsWith("@") || text.startsWith("*.") ? text.substring(prefix.length()) : text);
        if (domain.isEmpty()) {
            throw new ValidationException("The setting " + setting + " has \"" + text
                    + "\"; it takes addresses, domains, *.example.org for the domains below one, and * for all.");
        }
        return prefix + domain;
    }

    /** Refuses an address that no rule allows. */
    void require(String input, Mailbox box) throws ValidationException {
        if (rules.stream().noneMatch(rule -> allows(rule, box))) {
            throw new ValidationException(input + " is " + box.address() + ", which the setting " + setting
                    + " of mail does not allow; it allows " + (rules.isEmpty() ? "nobody" : String.join(", ", rules))
                    + ", and only an admin changes it.");
        }
    }

    private static boolean allows(String rule, Mailbox box) {
        if (rule.equals("*") || rule.equals(box.address().toLowerCase(Locale.ROOT))) {
            return true;
        }
        if (box.local().contains("%") || box.local().contains("!")) {
            return false; // some servers send a%b.org@c.org on to b.org
        }
        return rule.startsWith("*.") ? box.domain().endsWith(rule.substring(1)) : rule.equals("@" + box.domain());
    }
}
