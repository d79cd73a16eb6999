//! The tables of the Overview, to be copied.

use crate::state::table::Table;
use labelscope_core::domain::{PerTier, Project};
use labelscope_core::logic::totals::{LabelCount, StatusCount};

/// Every label with its description and how many annotations of each tier bear it: those of the schema in its order, then
/// the others.
pub fn labels_table(project: &Project, counts: &[LabelCount]) -> Table {
    let mut table = Table::new(&["label", "automated", "primary", "review", "in_schema", "description"]);
    for label in counts {
        let definition = project.label_schema.iter().find(|one| label.name.as_ref() == Some(&one.name));
        let description = definition.map(|definition| definition.description.clone()).unwrap_or_default();
        let name = label.name.as_deref().unwrap_or("without a label").to_owned();
        let is_in_schema = if label.in_schema { "yes" } else { "no" }.to_owned();
        table.row([vec![name], numbers(label.annotations), vec![is_in_schema, description]].concat());
    }
    table
}

/// Every status and how many annotations of each tier have it.
pub fn statuses_table(counts: &[StatusCount]) -> Table {
    let mut table = Table::new(&["status", "automated", "primary", "review"]);
    for status in counts {
        let name = status.name.as_deref().unwrap_or("without a status").to_owned();
        table.row([vec![name], numbers(status.annotations)].concat());
    }
    table
}

fn numbers(counts: PerTier<usize>) -> Vec<String> {
    counts.0.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;
    use labelscope_core::domain::LabelDefinition;

    #[test]
    fn tables_as_text() {
        let definition = LabelDefinition { name: "dose".into(), description: "A dose,\nor more.".to_owned() };
        let project = Project { label_schema: vec![definition], ..Project::default() };
        let label = |name: Option<&str>, in_schema: bool, counts: [usize; 3]| LabelCount {
            name: name.map(Into::into),
            in_schema,
            annotations: PerTier(counts),
        };
        let counts = [
            label(Some("dose"), true, [1204, 0, 3]),
            label(Some("=other"), false, [0, 1, 0]),
            label(None, false, [0, 0, 2]),
        ];
        let table = labels_table(&project, &counts);
        expect![[r#"
            label	automated	primary	review	in_schema	description
            dose	1204	0	3	yes	A dose, or more.
            '=other	0	1	0	no	
            without a label	0	0	2	no	
        "#]]
        .assert_eq(table.text());
        assert_eq!(table.rows(), 3);
        let statuses = [StatusCount { name: None, annotations: PerTier([0, 5, 6]) }];
        expect![[r#"
            status	automated	primary	review
            without a status	0	5	6
        "#]]
        .assert_eq(statuses_table(&statuses).text());
    }
}
