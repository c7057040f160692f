package dev.pawl.it.modules.ledger;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.TaskContext;
import java.math.BigDecimal;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Returns the numbers from its inputs as results, checkpoint, progress and document. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "ledger",
        name = "Ledger",
        inputs = LedgerModule.Inputs.class,
        settings = LedgerModule.Settings.class)
public final class LedgerModule implements Module {

    /** A booking. */
    public record Inputs(
            @Required BigDecimal amount, @Default("{}") Map<String, Object> payload) {}

    /** The rate. */
    public record Settings(@Default("1") BigDecimal rate) {}

    @Override
    public void run(TaskContext task) {
        Inputs inputs = task.inputs(Inputs.class);
        task.progress(50, Map.of("amount", inputs.amount()));
        task.checkpoint(Map.of("amount", inputs.amount()));
        task.data().put("book", Map.of("amount", task.checkpoint("amount", BigDecimal.ZERO)));
        task.emit(Map.of(
                "amount",
                inputs.amount(),
                "payload",
                inputs.payload(),
                "rate",
                task.settings(Settings.class).rate()));
    }
}
