package dev.pawl.samples.browser;

import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing to do in the page; which of the values it takes depends on its action.
 *
 * @param action the kind of step
 * @param url of {@code goto}
 * @param selector a CSS selector
 * @param value of {@code fill} and {@code select}
 * @param label of {@code select}: the text of the option
 * @param secret of {@code fill}: the name of one of the job's secrets
 * @param key of {@code press}
 * @param visible of {@code wait_for}: whether to wait until it can be seen, or until it cannot
 * @param text of {@code wait_for}: what the element contains
 * @param attribute of {@code extract}
 * @param html of {@code extract}: its HTML, instead of its text
 * @param all of {@code extract}: each matching element
 * @param fields of {@code extract}: selectors below the element, by name
 * @param name of the result or the file
 * @param fullPage of {@code screenshot}: also what lies outside of the window
 * @param script of {@code evaluate}
 * @param timeoutS in seconds; the setting step_timeout_s when null
 */
public record Step(
        @Required @Description("What to do.") Action action,

        @Description("goto: the address to load.") @Nullable String url,
        @Description("A CSS selector.") @Nullable String selector,

        @Description("fill: the text to enter. select: the value of the option.") @Nullable
        String value,

        @Description("select: the text of the option, instead of its value.") @Nullable
        String label,

        @Description("fill: the name of one of the job's secrets, instead of a value.") @Nullable
        String secret,

        @Description("press: a key such as Enter, Tab, ArrowDown, a or Control+a.") @Nullable
        String key,

        @Description("wait_for: false waits until the element cannot be seen or is gone.") @Nullable
        Boolean visible,

        @Description("wait_for: a text that the element contains.") @Nullable
        String text,

        @Description("extract: the attribute to take, instead of the text.") @Nullable
        String attribute,

        @Description("extract: true takes the HTML, instead of the text.") @Nullable
        Boolean html,

        @Description("extract: true takes each matching element, a result for each.") @Nullable
        Boolean all,

        @Description("extract: several values of an element: by name a selector below it, or selector@attribute.")
        @Nullable
        Map<String, String> fields,

        @Description("extract, evaluate: the name of the value in the result. screenshot, pdf: the file's name.")
        @Nullable
        String name,

        @Description("screenshot: true takes the whole page, also below the window.") @Nullable
        Boolean fullPage,

        @Description("evaluate: JavaScript; an expression, or a function to call.") @Nullable
        String script,

        @Description("The longest time in seconds; the setting step_timeout_s otherwise.")
        @Bounds(min = 1, max = 3600)
        @Nullable
        Integer timeoutS) {}
