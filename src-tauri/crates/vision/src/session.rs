//! The only place that knows ONNX Runtime: loads the library once, opens networks, runs them.

use domain::port::AnalysisFault;
use ort::environment::Environment;
use ort::session::builder::GraphOptimizationLevel;
use ort::session::{RunOptions, Session};
use ort::value::TensorRef;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// The process holds one library and one environment; they are never unloaded.
static RUNTIME: Mutex<Option<Environment>> = Mutex::new(None);

/// A network ready to run.
pub(crate) struct Network {
    id: String,
    session: Session,
    options: RunOptions,
}

/// What becomes of a network's working memory after a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Memory {
    /// Kept for the next run: for a network that runs all the time.
    Kept,
    /// Given back: for a network that runs once in a while and needs much.
    GivenBack,
}

impl Network {
    /// Opens a network from the bytes of its file. `threads` is the number of threads one run may use.
    ///
    /// Threads wait without spinning: several sessions that spin fight each other and the window.
    pub(crate) fn open(
        runtime: &Runtime,
        id: &str,
        model: &[u8],
        threads: usize,
        memory: Memory,
    ) -> Result<Self, AnalysisFault> {
        let open = || -> Result<(Session, RunOptions), ort::Error> {
            let session = Session::builder(&runtime.0)?
                .with_intra_threads(threads)?
                .with_inter_threads(1)?
                .with_intra_op_spinning(false)?
                .with_inter_op_spinning(false)?
                .with_optimization_level(GraphOptimizationLevel::All)?
                .with_execution_providers([ort::ep::CPU::default()
                    .with_arena_allocator(memory == Memory::GivenBack)
                    .build()])?
                .commit_from_memory(model)?;
            let mut options = RunOptions::new()?;
            if memory == Memory::GivenBack {
                options.set("memory.enable_memory_arena_shrinkage", "cpu:0")?;
            }
            Ok((session, options))
        };
        let (session, options) = open().map_err(|error| fault(id, &error))?;
        Ok(Self {
            id: id.to_owned(),
            session,
            options,
        })
    }

    /// Runs the network on its one input and returns the named outputs, each flattened.
    pub(crate) fn run<const N: usize>(
        &mut self,
        shape: &[usize],
        input: &[f32],
        outputs: [&str; N],
    ) -> Result<[Vec<f32>; N], AnalysisFault> {
        let Self { id, session, options } = self;
        let tensor = TensorRef::from_array_view((shape, input)).map_err(|error| fault(id, &error))?;
        let results = session
            .run_with_options(ort::inputs![tensor], &*options)
            .map_err(|error| fault(id, &error))?;
        let mut flat = [const { Vec::new() }; N];
        for (values, name) in flat.iter_mut().zip(outputs) {
            let Some(output) = results.get(name) else {
                return Err(AnalysisFault::Inference {
                    what: id.clone(),
                    detail: format!("no output {name}"),
                });
            };
            let (_, found) = output
                .try_extract_tensor::<f32>()
                .map_err(|error| fault(id, &error))?;
            values.extend_from_slice(found);
        }
        Ok(flat)
    }

    /// The fault for an output that has another size than the model's description says.
    pub(crate) fn wrong_size(&self, expected: usize, found: usize) -> AnalysisFault {
        AnalysisFault::Inference {
            what: self.id.clone(),
            detail: format!("{found} numbers where {expected} are due"),
        }
    }
}

/// The loaded inference library.
#[derive(Clone)]
pub(crate) struct Runtime(Environment);

impl Runtime {
    /// Loads the library; later calls return the one that is loaded already.
    pub(crate) fn load(library: &Path) -> Result<Self, AnalysisFault> {
        let mut loaded = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(environment) = loaded.as_ref() {
            return Ok(Self(environment.clone()));
        }
        let environment = ort::init_from(library)
            .map_err(|error| error.to_string())
            .and_then(|builder| {
                let builder = builder.with_name("capture-station").with_telemetry(false);
                builder.build().map_err(|error| error.to_string())
            })
            .map_err(|detail| AnalysisFault::Inference {
                what: library
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
                detail,
            })?;
        *loaded = Some(environment.clone());
        Ok(Self(environment))
    }
}

fn fault<R>(id: &str, error: &ort::Error<R>) -> AnalysisFault {
    AnalysisFault::Inference {
        what: id.to_owned(),
        detail: error.message().to_owned(),
    }
}
