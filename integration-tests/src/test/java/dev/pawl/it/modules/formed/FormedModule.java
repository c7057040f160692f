package dev.pawl.it.modules.formed;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.Secret;
import dev.pawl.api.module.TaskContext;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Takes inputs of every kind that a form has a control for, and emits what came. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "formed",
        name = "<b>Formed</b>",
        description = "<script>alert(1)</script>",
        inputs = FormedModule.Inputs.class,
        settings = FormedModule.Settings.class)
public final class FormedModule implements Module {

    /** A choice of a few. */
    public enum Colour {
        RED,
        GREEN
    }

    public record Part(@Required String name, @Default("1") int amount) {}

    public record Inputs(
            @Required @Description("<img src=x onerror=alert(2)>")
            String title,

            @Bounds(min = 1, max = 9) Integer level,
            BigInteger big,
            Boolean sure,
            @Default("false") boolean loud,
            Colour colour,
            List<String> names,
            List<Part> parts,
            Map<String, String> labels,
            @Secret String key) {}

    public record Settings(
            @Default("plain") String style,
            @Secret String password,
            @Bounds(min = 1, max = 9) Integer level) {}

    @Override
    public void run(TaskContext task) {
        Map<String, Object> inputs = task.inputs();
        task.emit(Map.of(
                "key_length",
                String.valueOf(inputs.getOrDefault("key", "")).length(),
                "big",
                String.valueOf(inputs.get("big"))));
    }
}
