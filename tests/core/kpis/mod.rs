//! Figures of single KPIs, what moves them and how they are explained.

mod breakdowns;
mod buyers;
mod case_file;
mod contracts;
mod explain;
mod kpis_of_reports;
mod likely_final;
mod loss_kpis;
mod own_kpis;
mod plan_kpis;
mod sku_kpis;
mod typed_kpis;
mod warnings;
